/// Composers' names: one form for what collections spell in many, and names met in texts.
enum ComposerName {
    /// “Surname, Given names”: of “Frederic Chopin”, “Chopin,Fryderyk” and “[Chopin, Fryderyk]” alike.
    /// What does not look like a person's name stays as it is.
    static func normalised(_ name: String) -> String {
        let name = String(
            name.drop { "[( ".contains($0) }.reversed().drop { "]) ".contains($0) }
                .reversed())
        if let comma = name.firstIndex(of: ",") {
            let surname = name[..<comma].trimmed
            let given = name[name.index(after: comma)...].trimmed
            return given.isEmpty ? surname : "\(surname), \(given)"
        }
        let words = name.split(separator: " ").map(String.init)
        guard (2...5).contains(words.count), let surname = words.last,
            words.allSatisfy({ particles.contains($0) || $0.first?.isUppercase == true }),
            !words.contains(where: { $0.contains { $0.isNumber || "/&;:".contains($0) } })
        else { return name }
        return "\(surname), \(words.dropLast().joined(separator: " "))"
    }

    private static let particles: Set = [
        "van", "von", "der", "de", "da", "di", "du", "la", "le", "des", "zu",
    ]

    /// The composer whom a short text names, such as a folder's name, “Isaac Albeniz” or
    /// “Chopin - Nocturne”; nil where none of the well-known is in it.
    static func found(in text: String) -> String? {
        let words = SearchText.folded(text).split(separator: " ").map(String.init)
        guard words.count <= 8 else { return nil }
        return words.lazy.compactMap { wellKnown[$0] }.first
    }

    /// By their folded surnames. Those that are also common words are not here: Field, Wolf, Franz.
    private static let wellKnown: [String: String] = {
        let names = """
            Albéniz, Isaac; Alkan, Charles-Valentin; Bach, Johann Sebastian; Balakirev, Mily; \
            Bartók, Béla; Beethoven, Ludwig van; Bellini, Vincenzo; Berlioz, Hector; Bizet, Georges; \
            Boccherini, Luigi; Borodin, Alexander; Brahms, Johannes; Britten, Benjamin; \
            Bruckner, Anton; Burgmüller, Friedrich; Buxtehude, Dieterich; Byrd, William; \
            Chaminade, Cécile; Chopin, Frédéric; Clementi, Muzio; Corelli, Arcangelo; \
            Couperin, François; Czerny, Carl; Debussy, Claude; Delibes, Léo; Diabelli, Anton; \
            Donizetti, Gaetano; Dowland, John; Dvořák, Antonín; Elgar, Edward; Ellington, Duke; \
            Falla, Manuel de; Fauré, Gabriel; Franck, César; Frescobaldi, Girolamo; \
            Gershwin, George; Glinka, Mikhail; Gluck, Christoph Willibald; Godowsky, Leopold; \
            Gottschalk, Louis Moreau; Gounod, Charles; Granados, Enrique; Grieg, Edvard; \
            Handel, George Frideric; Händel, Georg Friedrich; Haydn, Joseph; Hummel, Johann Nepomuk; \
            Janáček, Leoš; Joplin, Scott; Kuhlau, Friedrich; Liszt, Franz; Mahler, Gustav; \
            Massenet, Jules; Mendelssohn, Felix; Messiaen, Olivier; Moniuszko, Stanisław; \
            Monteverdi, Claudio; Moszkowski, Moritz; Mozart, Wolfgang Amadeus; \
            Mussorgsky, Modest; Offenbach, Jacques; Pachelbel, Johann; Paderewski, Ignacy Jan; \
            Paganini, Niccolò; Palestrina, Giovanni Pierluigi da; Poulenc, Francis; \
            Prokofiev, Sergei; Puccini, Giacomo; Purcell, Henry; Rachmaninoff, Sergei; \
            Rachmaninov, Sergei; Rameau, Jean-Philippe; Ravel, Maurice; Reger, Max; \
            Rimsky-Korsakov, Nikolai; Rossini, Gioachino; Saint-Saëns, Camille; Satie, Erik; \
            Scarlatti, Domenico; Schönberg, Arnold; Schubert, Franz; Schumann, Robert; \
            Schütz, Heinrich; Scriabin, Alexander; Shostakovich, Dmitri; Sibelius, Jean; \
            Sinding, Christian; Smetana, Bedřich; Strauss, Johann; Stravinsky, Igor; \
            Szymanowska, Maria; Szymanowski, Karol; Tchaikovsky, Pyotr; Telemann, Georg Philipp; \
            Verdi, Giuseppe; Vivaldi, Antonio; Wagner, Richard; Weber, Carl Maria von; \
            Webern, Anton; Wieniawski, Henryk
            """
        var found: [String: String] = [:]
        for name in names.split(separator: ";").map(\.trimmed) {
            let surname = name.split(separator: ",").first.map(String.init) ?? name
            let words = SearchText.folded(surname).split(separator: " ")
            if let last = words.last { found[String(last)] = name }
        }
        return found
    }()
}

extension StringProtocol {
    /// Without white space at either end.
    var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start.reversed().drop(while: \.isWhitespace).reversed())
    }
}
