module.exports = { region: "eu-west-1", file: __filename.slice(__dirname.length + 1), isMain: require.main === module };
