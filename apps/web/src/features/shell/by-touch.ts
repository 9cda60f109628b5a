/** A finger is what there is to point with: mostly, there are no keys either. */
export const isByTouch = (): boolean => window.matchMedia("(pointer: coarse)").matches
