//! The screens around the questions.

use super::*;

#[test]
fn show() {
    for size in [SMALL, LARGE] {
        let mut person = Person::at(FakeDesk::new(), Open::Home, size);
        println!("{}", person.screen());
        person.press("Enter");
        println!("{}", person.screen());
        let mut person = Person::interviewed("customer-interview", "en", size);
        println!("{}", person.screen());
        person.press("Enter");
        println!("{}", person.screen());
        person.press("1");
        person.type_text("cold").press("Enter").type_text("fair");
        println!("{}", person.screen());
        person.press("Enter Enter");
        println!("{}", person.screen());
        person.press("2 3 Enter");
        println!("{}", person.screen());
        person.press("Enter F8");
        println!("{}", person.screen());
        person.press("Enter").type_text("1998");
        println!("{}", person.screen());
        person.press("Enter Tab").type_text("It began in the shop.").press("F2").type_text("She smiled.");
        println!("{}", person.screen());
        person.press("Esc");
        println!("{}", person.screen());
        person.press("F6");
        println!("{}", person.screen());
        person.press("Esc F9 s Enter");
        println!("{}", person.screen());
        person.press("Esc Ctrl+C");
        println!("{}", person.screen());
        person.press("Esc F1");
        println!("{}", person.screen());
    }
}
