/** How many messages a page has. The one that a channel begins with is asked for by the document, too: the same address, one answer. */
export const FIRST_PAGE = 50
