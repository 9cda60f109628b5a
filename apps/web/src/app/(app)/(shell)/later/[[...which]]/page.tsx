// The shell draws it, from the address.
const LaterPage = () => null

export default LaterPage
