/** How the process ends that was given no picture. */
export const NO_PICTURE = 3
