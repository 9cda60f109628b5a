declare module "*.woff2" {
  /** Where the bundler puts it. */
  const url: string
  export default url
}
