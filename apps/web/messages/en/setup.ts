export const setup = {
  title: "Light the hearth",
  lead: "Nobody lives here yet. You will be its first keeper, and you can change all of this later.",
  code: "Setup code",
  codeHelp: "The start printed it, at the end of its output.",
  codeMissing: "Without the code this cannot be set up.",
  instanceName: "What is this Hearth called?",
  submit: "Light it",
} as const
