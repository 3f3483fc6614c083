//! From points to prose: the commands of the report view on a real file.

use serde_json::{Value, json};

use crate::desk::Desk;

const LINES: [&str; 17] = [
    "participant: Ann Olsen, Chair",
    "participant: Ben Okoro, Port of Aomi",
    "participant: Ben Okoro, independent",
    "participant: Cy Dee",
    "chair: Ann Olsen",
    "topic: Lights",
    "Ann Olsen: the lamp at the **north** pier is out",
    "Cy Dee: two ships missed it",
    "... in one night",
    "*: nobody was hurt",
    "[off] the owner is late with the rent",
    "?: who pays?",
    "topic: Buoys",
    "Ann Olsen: a buoy drifts",
    "Cy Dee: it was seen off the cape",
    "decision: the buoy is replaced",
    "action: Cy Dee to order a buoy by 20 March",
];

fn written(desk: &Desk, item: &Value) -> Value {
    desk.call("section", json!({"item": item}))
}

/// Style, text and label of the passages of a section.
fn passages(desk: &Desk, item: &Value) -> Vec<(String, String, String)> {
    let section = written(desk, item);
    let of = |passage: &Value, key: &str| passage[key].as_str().unwrap().to_owned();
    let passages = section["passages"].as_array().unwrap().iter();
    passages
        .map(|passage| (of(passage, "style"), of(passage, "text"), of(passage, "label")))
        .collect()
}

fn texts(desk: &Desk, item: &Value) -> Vec<String> {
    passages(desk, item).into_iter().map(|(_, text, _)| text).collect()
}

fn becomes(desk: &Desk, item: &Value, texts: &[&str], becomes: Value) -> Value {
    let points: Vec<Value> = texts.iter().map(|text| desk.point(text)).collect();
    desk.does(
        "passage_add",
        json!({"points": points, "becomes": becomes, "item": item}),
    )["id"]
        .clone()
}

const LAMP: &str = "the lamp at the **north** pier is out";

#[test]
fn points_become_prose_and_each_knows_the_other() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let before = written(&desk, &lights);
    assert_eq!(
        before["counts"],
        json!({"points": 6, "covered": 0, "open": 5, "set_aside": 1})
    );

    let first = becomes(
        &desk,
        &lights,
        &["in one night", LAMP, "two ships missed it"],
        json!({"as": "paragraph"}),
    );
    assert_eq!(
        passages(&desk, &lights),
        [(
            "paragraph".to_owned(),
            "The lamp at the **north** pier is out. Two ships missed it in one night.".to_owned(),
            String::new()
        )]
    );
    let section = written(&desk, &lights);
    assert_eq!(section["passages"][0]["people"], 2);
    assert_eq!(section["passages"][0]["points"], 3);
    assert_eq!(section["points"][0]["coverage"], "covered");
    assert_eq!(section["points"][0]["passages"], json!([first]));
    let states: Vec<&str> = section["points"]
        .as_array()
        .unwrap()
        .iter()
        .map(|point| point["coverage"].as_str().unwrap())
        .collect();
    assert_eq!(states, ["covered", "covered", "covered", "open", "internal", "open"]);

    // More of a passage that stands already.
    becomes(
        &desk,
        &lights,
        &["nobody was hurt"],
        json!({"as": "into", "passage": first}),
    );
    assert!(texts(&desk, &lights)[0].ends_with("one night. Nobody was hurt."));
    assert_eq!(written(&desk, &lights)["passages"][0]["unsure"], 1);

    // What is off the record gets into no passage.
    let secret = desk.point("the owner is late with the rent");
    let add = json!({"points": [secret], "becomes": {"as": "paragraph"}, "item": lights});
    desk.refuses("passage_add", add, "off the record");
    desk.refuses(
        "passage_sources",
        json!({"passage": first, "add": [secret], "remove": []}),
        "off the record",
    );
    desk.refuses(
        "passage_add",
        json!({"points": [], "becomes": {"as": "bullets"}, "item": lights}),
        "no words",
    );

    // On purpose not for the report, and back; taken up, it is not set aside any more.
    let asks = desk.point("who pays?");
    desk.does("point_set_aside", json!({"points": [asks], "set_aside": true}));
    assert_eq!(
        written(&desk, &lights)["counts"],
        json!({"points": 6, "covered": 4, "open": 0, "set_aside": 2})
    );
    becomes(&desk, &lights, &["who pays?"], json!({"as": "numbers"}));
    assert_eq!(desk.row("points", "text", "who pays?")["set_aside"], false);
    assert_eq!(passages(&desk, &lights)[1].2, "1.");
    desk.does(
        "passage_sources",
        json!({"passage": first, "add": [asks], "remove": [desk.point(LAMP)]}),
    );
    let report = desk.call("report", json!({}));
    assert_eq!(report["sections"][1]["counts"]["open"], 1);
    assert_eq!(report["sections"][2]["counts"]["open"], 4);
    desk.holds();
}

#[test]
fn a_retry_doubles_nothing() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let id = "0198c0de-0000-7000-8000-00000000000b";
    let add = json!({"points": [desk.point(LAMP)], "becomes": {"as": "bullets"}, "item": lights, "id": id});
    assert_eq!(desk.does("passage_add", add.clone())["id"], id);
    assert_eq!(desk.call("passage_add", add)["id"], id);
    let write = json!({"style": "paragraph", "text": "By hand.", "item": lights, "id": "0198c0de-0000-7000-8000-00000000000c", "place": {"before": id}});
    desk.does("passage_write", write.clone());
    desk.call("passage_write", write);
    assert_eq!(texts(&desk, &lights), ["By hand.", LAMP]);
    desk.holds();
}

#[test]
fn passages_are_set_moved_joined_and_split() {
    let desk = Desk::with(&LINES);
    let (lights, buoys) = (desk.id("items", "title", "Lights"), desk.id("items", "title", "Buoys"));
    let lead = becomes(
        &desk,
        &buoys,
        &["a buoy drifts", "it was seen off the cape"],
        json!({"as": "list", "lead_in": "It was noted that:"}),
    );
    let section = written(&desk, &buoys);
    let ids: Vec<Value> = (0..3).map(|at| section["passages"][at]["id"].clone()).collect();
    assert_eq!(ids[0], lead);
    assert_eq!(section["passages"][0]["people"], 2, "the lead-in stands for its list");
    assert_eq!(
        passages(&desk, &buoys)
            .iter()
            .map(|(style, ..)| style.as_str())
            .collect::<Vec<_>>(),
        ["paragraph", "bullet", "bullet"]
    );
    desk.does(
        "passage_style",
        json!({"passages": [ids[1], ids[2]], "style": "number"}),
    );
    assert_eq!(passages(&desk, &buoys)[2].2, "2.");
    let moved = json!({"passages": [ids[2]], "item": buoys, "place": {"before": ids[0]}});
    desk.does("passage_move", moved);
    assert_eq!(texts(&desk, &buoys)[0], "it was seen off the cape");
    desk.refuses(
        "passage_move",
        json!({"passages": [ids[2]], "item": buoys, "place": {"behind": ids[2]}}),
        "beside itself",
    );
    desk.refuses(
        "passage_move",
        json!({"passages": [ids[2]], "item": lights, "place": {"behind": ids[1]}}),
        "not in this section",
    );
    desk.does("passage_move", json!({"passages": [ids[2], ids[1]], "item": lights}));
    assert_eq!(texts(&desk, &lights), ["it was seen off the cape", "a buoy drifts"]);
    let joined = desk.does("passage_join", json!({"passages": [ids[1], ids[2]]}))["id"].clone();
    assert_eq!(joined, ids[2], "the first of them stays");
    assert_eq!(texts(&desk, &lights), ["it was seen off the cape a buoy drifts"]);
    assert_eq!(
        written(&desk, &lights)["passages"][0]["sources"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    desk.refuses("passage_join", json!({"passages": [joined]}), "two or more");
    let rev = desk.call("passage_editor", json!({"passage": joined}))["rev"].clone();
    let halves = json!({"passage": joined, "rev": rev, "first": "It was seen.", "second": "It drifts."});
    let second = desk.does("passage_split", halves)["id"].clone();
    assert_eq!(texts(&desk, &lights), ["It was seen.", "It drifts."]);
    let none = json!({"passage": joined, "rev": rev, "first": "x", "second": " "});
    desk.refuses("passage_split", none, "need words");
    desk.does("passage_delete", json!({"passages": [second, joined]}));
    assert_eq!(texts(&desk, &lights), [""; 0]);
    desk.refuses("passage_editor", json!({"passage": joined}), "not there any more");
    desk.holds();
}

#[test]
fn a_colleagues_words_stay() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let passage = becomes(&desk, &lights, &[LAMP], json!({"as": "paragraph"}));
    let opened = desk.call("passage_editor", json!({"passage": passage}));
    assert_eq!(opened["text"], "The lamp at the **north** pier is out.");
    let edit = |rev: &Value, text: &str| json!({"passage": passage, "rev": rev, "text": text});
    desk.does(
        "passage_edit",
        edit(&Value::Null, "The lamp at the **north** pier is out again."),
    );
    desk.does(
        "passage_edit",
        edit(&opened["rev"], "The old lamp at the **north** pier is out."),
    );
    assert_eq!(
        texts(&desk, &lights),
        ["The old lamp at the **north** pier is out again."]
    );
    desk.refuses("passage_edit", edit(&opened["rev"], "  "), "needs words");
    desk.holds();
}

#[test]
fn a_section_is_made_of_passages() {
    let desk = Desk::with(&LINES);
    let buoys = desk.id("items", "title", "Buoys");
    let first = becomes(&desk, &buoys, &["a buoy drifts"], json!({"as": "paragraph"}));
    let second = becomes(&desk, &buoys, &["it was seen off the cape"], json!({"as": "paragraph"}));
    let made = desk.does(
        "passages_to_section",
        json!({"passages": [second], "title": "Off the cape"}),
    );
    let section = desk.row("items", "title", "Off the cape");
    assert_eq!(section["id"], made["id"]);
    assert_eq!((&section["parent"], &section["label"]), (&buoys, &json!("2.1")));
    assert_eq!(texts(&desk, &made["id"]), ["It was seen off the cape."]);
    assert_eq!(
        desk.row("points", "text", "it was seen off the cape")["item"],
        made["id"],
        "what it rests on goes with it"
    );
    // Another one comes before it: what stays in the item stands before its sections.
    desk.does("passages_to_section", json!({"passages": [first], "title": "Drift"}));
    assert_eq!(desk.row("items", "title", "Drift")["label"], "2.1");
    assert_eq!(desk.row("items", "title", "Off the cape")["label"], "2.2");
    let lights = desk.id("items", "title", "Lights");
    let other = becomes(&desk, &lights, &[LAMP], json!({"as": "paragraph"}));
    desk.refuses(
        "passages_to_section",
        json!({"passages": [first, other], "title": "Both"}),
        "several items",
    );
    desk.refuses(
        "passages_to_section",
        json!({"passages": [other], "title": " "}),
        "needs a title",
    );
    desk.holds();
}

#[test]
fn names_in_the_text_are_offered_as_mentions() {
    let desk = Desk::with(&LINES);
    let offers = desk.call("mention_offers", json!({"text": "𝒳 Cy Dee and Ben Okoro agreed"}));
    let cy = desk.id("participants", "name", "Cy Dee");
    assert_eq!(
        offers[0],
        json!({"from": 3, "to": 9, "words": "Cy Dee", "participants": [cy],
            "mended": format!("𝒳 [Cy Dee](minuta:participant/{}) and Ben Okoro agreed", cy.as_str().unwrap())})
    );
    assert_eq!(offers[1]["participants"].as_array().unwrap().len(), 2);
    assert_eq!(offers[1]["mended"], Value::Null, "two bear this name");
}

#[test]
fn the_settings_of_the_body_are_kept() {
    let desk = Desk::with(&LINES);
    let usual = desk.call("report_settings", json!({}));
    assert_eq!(usual["naming"], "name");
    assert_eq!(usual["thresholds"], json!({"some": 2, "several": 3, "many": 6}));
    let phrases = usual["phrases"].as_array().unwrap().len();
    assert!(phrases > 5);
    let edit = json!({"naming": "unnamed", "keep_officers": true, "collected": "tables",
        "justified": true, "thresholds": {"some": 2, "several": 4, "many": 9}, "phrases": ["It was heard that …", " "]});
    desk.call("report_settings_edit", edit);
    let now = desk.call("report_settings", json!({}));
    assert_eq!(
        now,
        json!({"naming": "unnamed", "keep_officers": true, "collected": "tables", "by_owner": false,
            "justified": true, "thresholds": {"some": 2, "several": 4, "many": 9}, "phrases": ["It was heard that …"]})
    );
    desk.refuses(
        "report_settings_edit",
        json!({"thresholds": {"some": 5, "several": 4, "many": 9}}),
        "may not ask for more",
    );
    desk.call("report_settings_edit", json!({"phrases": []}));
    assert_eq!(
        desk.call("report_settings", json!({}))["phrases"]
            .as_array()
            .unwrap()
            .len(),
        phrases
    );
    desk.holds();
}

#[test]
fn a_finding_is_mended_by_one_key_and_undone_by_its_name() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let passage = becomes(&desk, &lights, &[LAMP], json!({"as": "paragraph"}));
    desk.does(
        "passage_edit",
        json!({"passage": passage, "rev": null, "text": "Many speakers said that the lamp is out."}),
    );
    let codes = |desk: &Desk| -> Vec<(String, String)> {
        let found = desk.call("lint", json!({}));
        let found = found.as_array().unwrap().iter();
        found
            .map(|finding| {
                (
                    finding["code"].as_str().unwrap().to_owned(),
                    finding["id"].as_str().unwrap().to_owned(),
                )
            })
            .collect()
    };
    let all = codes(&desk);
    let of = |code: &str| all.iter().find(|(found, _)| found == code).unwrap().1.clone();
    assert_eq!(
        all.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(),
        ["fact", "uncovered", "speaker", "quantifier"],
        "this meeting has no date yet"
    );
    let quantifier = of("quantifier");
    desk.does("finding_mend", json!({"finding": quantifier}));
    assert_eq!(texts(&desk, &lights), ["One speaker said that the lamp is out."]);
    desk.refuses("finding_mend", json!({"finding": quantifier}), "mended meanwhile");
    desk.refuses("finding_mend", json!({"finding": of("speaker")}), "by hand");
    desk.does("finding_mend", json!({"finding": of("uncovered")}));
    assert_eq!(written(&desk, &lights)["counts"]["open"], 0);
    // What is looked for follows the naming that is asked.
    desk.does(
        "passage_edit",
        json!({"passage": passage, "rev": null, "text": "It was said by Cy Dee."}),
    );
    let unnamed = json!({"choices": {"naming": "unnamed"}});
    let found = desk.call("lint", unnamed.clone());
    let named = found
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["code"] == "named")
        .unwrap();
    assert_eq!(named["mend"]["words"], "Name them as the export asks");
    let mend = json!({"finding": named["id"], "choices": {"naming": "unnamed"}});
    desk.does("finding_mend", mend);
    let shown = |choices: Value| desk.call("report", choices)["markdown"].as_str().unwrap().to_owned();
    assert!(shown(unnamed).contains("It was said by a participant."));
    assert!(shown(json!({})).contains("It was said by Cy Dee."));
    desk.holds();
}

/// The pages have what is being written before it is saved, where it will stand; the record has not.
#[test]
fn the_pages_show_what_is_being_written() {
    let desk = Desk::with(&LINES);
    let lights = desk.id("items", "title", "Lights");
    let first = becomes(&desk, &lights, &[LAMP], json!({"as": "paragraph"}));
    let last = becomes(&desk, &lights, &["two ships missed it"], json!({"as": "paragraph"}));
    let fresh = json!("0198c0de-0000-7000-8000-000000000001");
    let look = |drafts: Value| {
        let wanted = json!([{"page": 0, "lines": []}]);
        desk.call("pages", json!({"wanted": wanted, "drafts": drafts, "find": first}))
    };
    // The passages on the page in their order, each with the look of its first line.
    let seen = |pages: &Value| -> Vec<(Value, Value)> {
        let mut seen: Vec<(Value, Value)> = Vec::new();
        for line in pages["pages"][0]["lines"].as_array().unwrap() {
            let origin = &line["origin"];
            if [&first, &last, &fresh].contains(&origin) && seen.iter().all(|(known, _)| known != origin) {
                seen.push((origin.clone(), line["mark"].clone()));
            }
        }
        seen
    };
    let order = |pages: &Value| -> Vec<Value> { seen(pages).into_iter().map(|(origin, _)| origin).collect() };
    let before = look(json!([]));
    assert_eq!(order(&before), [first.clone(), last.clone()]);

    let draft = |passage: &Value, text: &str, place: Value| {
        let mut draft = json!({"passage": passage, "item": lights, "style": "paragraph", "text": text});
        draft
            .as_object_mut()
            .unwrap()
            .extend(place.as_object().unwrap().clone());
        draft
    };
    let there = json!({});
    let after = look(json!([draft(&fresh, "a *new* one", json!({"behind": first}))]));
    assert_eq!(order(&after), [first.clone(), fresh.clone(), last.clone()]);
    assert_eq!(after["found"], before["found"]);
    let after = look(json!([draft(&fresh, "a new one", json!({"before": first}))]));
    assert_eq!(order(&after), [fresh.clone(), first.clone(), last.clone()]);
    let after = look(json!([
        draft(&fresh, "a new one", there.clone()),
        draft(&last, " ", there.clone())
    ]));
    assert_eq!(
        order(&after),
        [first.clone(), fresh.clone()],
        "one without words is not printed"
    );
    let after = look(json!([draft(&first, "The lamp shines.", there)]));
    assert_eq!(order(&after), order(&before));
    assert_ne!(seen(&after)[0].1, seen(&before)[0].1, "other words look otherwise");
    assert_eq!(seen(&after)[1].1, seen(&before)[1].1);
    assert_eq!(
        texts(&desk, &lights),
        ["The lamp at the **north** pier is out.", "Two ships missed it."]
    );
}
