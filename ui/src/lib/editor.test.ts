import { EditorState, TextSelection } from "prosemirror-state";
import { Slice } from "prosemirror-model";
import { describe, expect, it } from "vitest";

import { flattened, named, retold, spaced, told, wanted } from "./editor";
import { opened, schema, source } from "./prose";

function at(text: string, caret?: number): EditorState {
  const doc = opened(text);
  return EditorState.create({ schema, doc, selection: TextSelection.create(doc, caret ?? doc.content.size - 1) });
}

describe("a name begun in a passage", () => {
  it("is what stands behind the sign", () => {
    expect(wanted(at("thanks to @mar"))).toEqual({ from: 11, to: 15, typed: "mar" });
    expect(wanted(at("@marit so"))?.typed).toBe("marit so");
    expect(wanted(at("@"))?.typed).toBe("");
    expect(wanted(at("mail a@b"))).toBeNull();
    expect(wanted(at("at @ 5"))).toBeNull();
  });

  it("becomes a mention", () => {
    const state = at("thanks to @mar");
    const next = state.apply(named(state, 11, 15, "Marit Solheim", "0198"));
    expect(source(next.doc)).toBe("thanks to [Marit Solheim](minuta:participant/0198)");
  });
});

describe("a text that came from elsewhere", () => {
  it("leaves the caret where it was", () => {
    const state = at("one two three", 4);
    const next = state.apply(retold(state, "one two **three** four"));
    expect(source(next.doc)).toBe("one two **three** four");
    expect(next.selection.from).toBe(4);
    const other = at("one two three", 14);
    expect(other.apply(retold(other, "zero one two three")).selection.from).toBe(19);
    expect(source(at("aa").apply(retold(at("aa"), "aaa")).doc)).toBe("aaa");
  });
});

it("finds words told apart beside mentions", () => {
  const doc = opened("[M](minuta:participant/1) and several people");
  expect(spaced(doc)).toBe("\uFFFC and several people");
  const [one] = told(doc, [{ words: "several people", as: "holds" }]).find();
  expect([one?.from, one?.to]).toEqual([7, 21]);
});

it("sets pasted blocks in one line", () => {
  const line = (text: string) => schema.node("line", null, [schema.text(text)]);
  const slice = new Slice(schema.node("line").content.append(schema.node("doc", null, [line("a")]).content).append(schema.node("doc", null, [line("b")]).content), 1, 1);
  expect(flattened(slice).content.childCount).toBe(3);
});
