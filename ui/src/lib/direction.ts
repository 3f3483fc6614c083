// Which way a sentence is set. By its first letter, as `dir="auto"` has it, a sentence that begins with a name in another
// script would run the wrong way, with its full stop in front.

const LEFTWARD =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;

/** The way most of its words go; where as many go either way, the way the first one goes. */
export function direction(text: string): "ltr" | "rtl" {
  if (!LEFTWARD.test(text)) return "ltr";
  let [balance, first] = [0, 0];
  for (const word of text.split(/\s+/)) {
    const letter = /\p{L}/u.exec(word)?.[0];
    if (letter === undefined) continue;
    const way = LEFTWARD.test(letter) ? 1 : -1;
    first ||= way;
    balance += way;
  }
  return (balance || first) > 0 ? "rtl" : "ltr";
}
