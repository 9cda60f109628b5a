const made = new Map<string, unknown>()
const home = globalThis as { hearthWeb?: Map<string, unknown> }
// Bundles of routes hold copies of a module; what exists once a process therefore lives on the global object.
home.hearthWeb ??= made
const shared = home.hearthWeb

/** Makes a thing when it is first asked for, once a process. */
export const once =
  <T>(name: string, make: () => T): (() => T) =>
  () => {
    if (!shared.has(name)) shared.set(name, make())
    return shared.get(name) as T
  }
