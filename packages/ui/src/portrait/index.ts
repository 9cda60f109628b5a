export { drawPortrait } from "./draw.ts"
export { pick, type Random, randomOf } from "./random.ts"
export {
  coveredStyles,
  type HairStyle,
  plainStyles,
  sharedStyles,
  softStyles,
  type Traits,
  traitsOf,
} from "./traits.ts"
