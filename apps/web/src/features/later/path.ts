export const laterPath = "/later"
export const scheduledPath = "/later/scheduled"
