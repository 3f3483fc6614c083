/** How many UTF-16 units of a text its first `bytes` bytes of UTF-8 are; never half a character. */
export function unitsOf(text: string, bytes: number): number {
  let units = 0;
  let left = bytes;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    left -= point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (left < 0) break;
    units += character.length;
  }
  return units;
}
