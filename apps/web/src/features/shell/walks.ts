// What keys walk through: seldom pressed, and so not part of every page.
export { pathFrom } from "./channel-walk.ts"
export { walkPanes } from "./walk-panes.ts"
