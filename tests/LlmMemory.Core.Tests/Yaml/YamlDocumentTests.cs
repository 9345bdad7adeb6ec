using System;
using System.Linq;
using System.Text;
using LlmMemory.Errors;
using LlmMemory.Sources.Yaml;
using Xunit;

namespace LlmMemory.Core.Tests.Yaml;

/// <summary>The part of YAML that is read (docs/training.md#yaml), and what is refused with its place.</summary>
public sealed class YamlDocumentTests
{
    [Theory]
    [InlineData("a: 1", """{"a":1}""")]
    [InlineData("a: 1\r\nb: 2\r\n", """{"a":1,"b":2}""")]
    [InlineData("\uFEFF# first\n\na: x # last\n", """{"a":"x"}""")]
    [InlineData("---\na: x\n...\n", """{"a":"x"}""")]
    [InlineData("a:\n  b:\n    c: d\n  e: f\ng: h", """{"a":{"b":{"c":"d"},"e":"f"},"g":"h"}""")]
    [InlineData("a:\n- 1\n- 2\nb: 3", """{"a":[1,2],"b":3}""")]
    [InlineData("a:\n  - b: 1\n    c: 2\n  - - x\n    - y\n  -\n  - z", """{"a":[{"b":1,"c":2},["x","y"],null,"z"]}""")]
    [InlineData("- a\n-\n  b: c", """["a",{"b":"c"}]""")]
    [InlineData("a: [1, 'x', \"y\", [], {}, {b: c, \"d\":2, e: }]", """{"a":[1,"x","y",[],{},{"b":"c","d":2,"e":null}]}""")]
    [InlineData("a: [\n  one, # first\n  two words,\n]\nb: 1", """{"a":["one","two words"],"b":1}""")]
    [InlineData("a: b\n  c\n\n  d\ne: f", """{"a":"b c\nd","e":"f"}""")]
    [InlineData("a: 'it''s'\nb: \"tab\\t, \\x41, \\u00e9, \\U0001F600\"", "{\"a\":\"it's\",\"b\":\"tab\\u0009, A, \u00e9, \U0001F600\"}")]
    [InlineData("a: \"one\n  two\n\n  three \\\n  four\"", """{"a":"one two\nthree four"}""")]
    [InlineData("a: |\n  x\n   y\n\n  z\nb: 1", """{"a":"x\n y\n\nz\n","b":1}""")]
    [InlineData("a: >-\n  x\n  y\n\n  z\n   w\n  v\nb: 1", """{"a":"x y\nz\n w\nv","b":1}""")]
    [InlineData("a: |+\n  x\n\nb: |2\n    x", """{"a":"x\n\n","b":"  x"}""")]
    [InlineData("a: |\n  # no comment\nb: 1", """{"a":"# no comment\n","b":1}""")]
    [InlineData("a: x#y\nb: x #y\nc: http://host:80/p", """{"a":"x#y","b":"x","c":"http://host:80/p"}""")]
    [InlineData("\"q: r\": 1\n'it''s': 2\n1: 3\ntrue: 4", """{"q: r":1,"it's":2,"1":3,"true":4}""")]
    [InlineData("a:\nb: ~\nc: null\nd: ''", """{"a":null,"b":null,"c":null,"d":""}""")]
    [InlineData("", "null")]
    [InlineData("# nothing\n", "null")]
    public void What_is_read_is_what_YAML_says(string yaml, string json)
    {
        Assert.Equal(json, Read(yaml).Replace("\\u000a", "\\n", StringComparison.Ordinal));
    }

    // yaml/pyyaml lib/yaml/resolver.py for words, yaml.org/spec/1.2.2 chapter 10.2.1 for numbers.
    [Theory]
    [InlineData("yes", "true")]
    [InlineData("Off", "false")]
    [InlineData("TRUE", "true")]
    [InlineData("yEs", "\"yEs\"")]
    [InlineData("12", "12")]
    [InlineData("-12", "-12")]
    [InlineData("+12", "12")]
    [InlineData("1_000_000", "1000000")]
    [InlineData("0x1F", "31")]
    [InlineData("012", "\"012\"")]
    [InlineData("0", "0")]
    [InlineData("1e-5", "1e-5")]
    [InlineData("2.0e+4", "2.0e+4")]
    [InlineData("5e8", "5e8")]
    [InlineData(".5", "0.5")]
    [InlineData("1.", "1")]
    [InlineData("1.2.3", "\"1.2.3\"")]
    [InlineData("1:30", "\"1:30\"")]
    [InlineData("2026-01-01", "\"2026-01-01\"")]
    [InlineData("-.inf", "-Infinity")]
    [InlineData(".nan", "NaN")]
    [InlineData("e5", "\"e5\"")]
    [InlineData("--x", "\"--x\"")]
    [InlineData("-x", "\"-x\"")]
    [InlineData("?x", "\"?x\"")]
    [InlineData("'12'", "\"12\"")]
    [InlineData("${output_dir}/x", "\"${output_dir}/x\"")]
    public void A_scalar_is_of_the_type_that_frameworks_read(string scalar, string json)
    {
        Assert.Equal($$"""{"a":{{json}}}""", Read("a: " + scalar));
    }

    [Theory]
    [InlineData("a: 1\na: 2", 5, "the key 'a' stands there twice")]
    [InlineData("{a: 1, a: 2}", 7, "the key 'a' stands there twice")]
    [InlineData("a:\n\tb: 1", 3, "indented with a tab")]
    [InlineData("- \ta", 2, "a tab stands after a dash")]
    [InlineData("a: &x 1\nb: *x", 3, "anchors and aliases")]
    [InlineData("a: *x", 3, "anchors and aliases")]
    [InlineData("&x a: 1", 0, "anchors and aliases")]
    [InlineData("a: !!str 1", 3, "tags")]
    [InlineData("a: !!python/object/apply:os.system [x]", 3, "tags")]
    [InlineData("<<: {a: 1}", 0, "merging")]
    [InlineData("%YAML 1.2\n---\na: 1", 0, "a directive")]
    [InlineData("? a\n: b", 0, "question mark")]
    [InlineData("a: 1\n---\nb: 2", 5, "a second document")]
    [InlineData("a: b: c", 4, "a colon and a blank")]
    [InlineData("a: - b", 3, "a list begins on the line of its key")]
    [InlineData("a: 'x' y", 7, "something follows a value")]
    [InlineData("a: 1\n  b: 2", 8, "a colon and a blank")]
    [InlineData("a:\n    b: 1\n  c: 2", 14, "indented deeper than those")]
    [InlineData("a: 1\nb", 5, "a key with a colon")]
    [InlineData("a: [1, 2", 8, "a bracket is not closed")]
    [InlineData("a: [1 2, {b}]", 11, "a colon is missing")]
    [InlineData("a: [b: c]", 5, "a comma or ']' is missing")]
    [InlineData("a: {b: 1]", 8, "a comma or '}' is missing")]
    [InlineData("a: \"x", 3, "has no end")]
    [InlineData("a: \"\\q\"", 5, "an escape")]
    [InlineData("a: \"\\ud800\"", 5, "an escape")]
    [InlineData("a: @x", 3, "no value begins with '@'")]
    [InlineData("a: x\u0001", 4, "a control character")]
    public void What_is_no_YAML_or_none_of_the_part_is_refused_with_its_byte(string yaml, long offset, string reason)
    {
        var error = Refused(Encoding.UTF8.GetBytes(yaml));

        Assert.Equal(offset, error.Offset);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_refused_with_their_place()
    {
        Assert.Equal(4, Refused([.. Encoding.ASCII.GetBytes("a: x"), 0xC3, 0x28]).Offset);
        Assert.Equal(ErrorIds.TrainingConfigInvalid, Refused(Encoding.Unicode.GetBytes("a: 1")).ErrorId);
    }

    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 100_000)]
    public void Deep_nesting_is_refused_and_fills_no_stack(string part, int times)
    {
        var error = Refused(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(part, times))));

        Assert.Contains("more than 64", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_indentation_is_refused_and_fills_no_stack()
    {
        var yaml = string.Concat(Enumerable.Range(0, 1_000).Select(depth => new string(' ', depth) + "a:\n"));

        Assert.Contains("more than 64", Refused(Encoding.ASCII.GetBytes(yaml)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_of_too_many_values_is_refused()
    {
        var yaml = "[" + new string('1', 1) + string.Concat(Enumerable.Repeat(",1", 600_000)) + "]";

        Assert.Contains("more than 500000 values", Refused(Encoding.ASCII.GetBytes(yaml)).Message, StringComparison.Ordinal);
    }

    // A billion laughs grow out of aliases; the first anchor ends them.
    [Fact]
    public void Aliases_cannot_multiply_a_document()
    {
        var yaml = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";

        Assert.Equal(3, Refused(Encoding.ASCII.GetBytes(yaml)).Offset);
    }

    [Fact]
    public void A_long_scalar_takes_time_that_grows_with_its_length_alone()
    {
        var text = new string('x', 8 << 20);

        Assert.Equal(text.Length + 8, Read("a: " + text).Length);
        Assert.Equal(text.Length + 8, Read($"a: '{text}'").Length);
        Assert.Equal(text.Length + 8, Read($"a: |-\n  {text}").Length);
    }

    [Fact]
    public void Many_lines_of_one_scalar_take_time_that_grows_with_their_number_alone()
    {
        var lines = string.Concat(Enumerable.Repeat("\n x", 1 << 19));

        Assert.Equal((2 << 19) + 8, Read("a: x" + lines).Length - 1);
    }

    private static string Read(string yaml)
    {
        return YamlDocument.ToJson(Encoding.UTF8.GetBytes(yaml));
    }

    private static LlmMemoryException Refused(byte[] yaml)
    {
        var error = Assert.Throws<LlmMemoryException>(() => YamlDocument.ToJson(yaml));
        Assert.Equal(ErrorIds.TrainingConfigInvalid, error.ErrorId);
        return error;
    }
}
