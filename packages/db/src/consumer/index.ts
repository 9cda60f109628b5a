export { channelsAhead, type Cursor, moveCursor, readCursor } from "./cursor.ts"
export { type Ahead, readAhead } from "./read-ahead.ts"
