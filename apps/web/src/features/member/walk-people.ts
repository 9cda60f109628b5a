/** To the next person in the list, or the one before; the first press begins with the first that is in sight. */
export const walkPeople = (list: HTMLElement, step: 1 | -1): void => {
  const people = [...list.querySelectorAll<HTMLElement>(":not(.held) > button.person")]
  const { top } = list.getBoundingClientRect()
  const at = people.findIndex((person) => person === document.activeElement)
  const to = at === -1 ? people.find((person) => person.getBoundingClientRect().top >= top) : people[at + step]
  to?.focus()
}
