// The shell draws it, from the address.
const StartPage = () => null

export default StartPage
