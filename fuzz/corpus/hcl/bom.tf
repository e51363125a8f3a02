resource a b {}
