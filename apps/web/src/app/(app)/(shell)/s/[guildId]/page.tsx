// The shell draws it, from the address.
const GuildPage = () => null

export default GuildPage
