export { follow, tellFollowers, unreadThreads } from "./followers.ts"
export { keepLine, nextLine } from "./line.ts"
export { readThreadMarks } from "./marks.ts"
export { createThreadPlaces, type ThreadPlace, type ThreadPlaces } from "./places.ts"
