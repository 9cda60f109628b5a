// The shell draws it, from the address.
const FriendsPage = () => null

export default FriendsPage
