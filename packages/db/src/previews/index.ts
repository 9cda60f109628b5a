export { claimLink, forgetLink, type FoundLink, hashOfLink, keepLink, readLink, releaseLink } from "./links.ts"
export { keepPicture, readPicture, touchPicture } from "./pictures.ts"
export { sweepPreviews } from "./sweep.ts"
export { claimWant, settleWant, type Want, wantPreviews } from "./wants.ts"
