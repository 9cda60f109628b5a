/** As people read it to each other: in two parts, with the name before it. */
export const shownCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`
export const fullCode = (name: string, code: string): string => `${name}#${shownCode(code)}`
