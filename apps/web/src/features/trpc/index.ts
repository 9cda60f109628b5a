export * from "./client.ts"
export * from "./provider.tsx"
