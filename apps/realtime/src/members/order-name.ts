const PLAIN = /^[\0-\x7f]*$/
const MARKS = /[\u0300-\u036f]/g
const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
}
const SINGLE = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g")

/**
 * What a member stands by in the list, of the name as the database sorts it: letters with marks stand beside those without, and
 * after them where nothing else tells two names apart (docs/decisions/0027-one-order-of-members.md).
 */
export const orderName = (sortName: string): string => {
  if (PLAIN.test(sortName)) return sortName
  const plain = sortName
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(SINGLE, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFC")
  return `${plain}\0${sortName}`
}
