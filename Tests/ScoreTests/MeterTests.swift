import Score
import Testing

struct MeterTests {
    @Test(arguments: ["3/4", "4/4", "12/8", "7/16", "255/64"])
    func readsWhatItWrites(text: String) {
        #expect(Meter(text)?.description == text)
    }

    @Test(arguments: [
        "", "3", "3/", "/4", "3/4/4", "3//4", " 3/4", "3 /4", "03/4", "+3/4", "-3/4", "3/4.0",
        "0/4", "256/4",
        "3/3", "3/128", "three/four", "99999999999999999999/4",
    ])
    func refusesEverythingElse(text: String) {
        #expect(Meter(text) == nil)
    }
}
