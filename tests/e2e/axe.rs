//! axe-core's rules (WCAG 2.0 to 2.2, A and AA, and best practices) on what stands in the window.

use std::fs;

use serde_json::json;

use minuta_tests::root;

use crate::driver::Session;

/// The rules, and what of the page breaks them.
const RUN: &str = "\
    const { violations, passes } = await axe.run(document, { resultTypes: ['violations'] });\
    return { passes: passes.length, violations: violations.map(({ id, help, nodes }) => \
      ({ id, help, nodes: nodes.slice(0, 5).map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary) })) }";

/// What axe-core finds fault with in both themes; afterwards the theme is what it was.
pub(crate) fn faults(window: &Session, view: &str) -> Vec<String> {
    if window.script("return 'axe' in window", &[]) == json!(false) {
        let file = root().join("ui/node_modules/axe-core/axe.min.js");
        let source = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        window.script(&format!("{source}; window.axe = axe"), &[]);
    }
    let own = window.script("return document.documentElement.dataset.theme ?? null", &[]);
    let mut faults = Vec::new();
    for theme in ["light", "dark"] {
        window.script("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)]);
        let found = window.script_later(RUN, &[]);
        assert!(
            found["passes"].as_u64().unwrap() > 10,
            "axe-core has looked at something: {found}"
        );
        let violations = found["violations"].as_array().unwrap().iter();
        faults.extend(violations.map(|one| format!("{view}, {theme}: {one:#}")));
    }
    let back = "if (arguments[0] === null) delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = arguments[0]";
    window.script(back, &[own]);
    faults
}

/// Fails where there are any.
pub(crate) fn no_faults(window: &Session, view: &str) {
    let faults = faults(window, view);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
