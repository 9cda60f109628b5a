/** What stands there when a page, or all of Hearth, broke. Sent with every page. */
export const broken = {
  page: "This page broke",
  pageLead: "Something failed while it was drawn. What you wrote and sent is safe. Try again in a moment.",
  all: "Hearth broke",
  allLead: "Something failed on our side. What you wrote and sent is safe. Try again in a moment.",
  tryAgain: "Try again",
  toStart: "Go to the start",
} as const
