export const laterPath = "/later"
