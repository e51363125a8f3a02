exports.a = 1; exports.b = {}.c.d;
