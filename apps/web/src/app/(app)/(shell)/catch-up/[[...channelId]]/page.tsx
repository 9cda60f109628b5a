// The shell draws it, from the address.
const CatchUpPage = () => null

export default CatchUpPage
