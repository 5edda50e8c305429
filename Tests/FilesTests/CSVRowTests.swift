import Files
import Testing

struct CSVRowTests {
    @Test(arguments: [
        (["a", "b c", ""], "a,b c,\n"), (["a,b", "c"], "\"a,b\",c\n"),
        (["say \"a\""], "\"say \"\"a\"\"\"\n"),
        (["a\r\nb", "a\nb", "a\rb"], "\"a\r\nb\",\"a\nb\",\"a\rb\"\n"),
    ])
    func cellsAreQuotedWhereTheyMustBe(cells: [String], text: String) {
        #expect(CSVRow.text(cells) == text)
    }
}
