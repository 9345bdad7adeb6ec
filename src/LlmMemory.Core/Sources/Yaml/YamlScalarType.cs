using System.Globalization;
using System.Linq;
using LlmMemory.Json;

namespace LlmMemory.Sources.Yaml;

/// <summary>
/// What a plain scalar is: nothing, a truth value, a number, or a text. Words as yaml/pyyaml lib/yaml/resolver.py has
/// them (yes, no, on and off are truth values); numbers also as YAML 1.2 has them (1e-5 is one). A leading zero means
/// eight in one version of YAML and ten in the other, so that such a number stays a text, as do dates and 1:30.
/// </summary>
internal static class YamlScalarType
{
    private const int MaxNumberLength = 64;

    private static readonly string[] Nothing = [string.Empty, "~", "null", "Null", "NULL"];
    private static readonly string[] Yes = ["true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"];
    private static readonly string[] No = ["false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"];

    /// <summary>The kind of a scalar, and how JSON would write it.</summary>
    public static (JsonTokenKind Kind, string? Text) Of(string scalar)
    {
        if (Nothing.Contains(scalar))
        {
            return (JsonTokenKind.Null, null);
        }

        if (Yes.Contains(scalar) || No.Contains(scalar))
        {
            return (Yes.Contains(scalar) ? JsonTokenKind.True : JsonTokenKind.False, null);
        }

        return Number(scalar) is { } number ? (JsonTokenKind.Number, number) : (JsonTokenKind.Text, scalar);
    }

    private static string? Number(string scalar)
    {
        var unsigned = scalar.Length > 0 && scalar[0] is '+' or '-' ? scalar.Substring(1) : scalar;
        if (unsigned.Length is 0 or > MaxNumberLength)
        {
            return null;
        }

        var sign = scalar[0] == '-' ? "-" : string.Empty;
        return unsigned switch
        {
            ".inf" or ".Inf" or ".INF" => sign + "Infinity",
            ".nan" or ".NaN" or ".NAN" when unsigned.Length == scalar.Length => "NaN",
            _ when unsigned.StartsWith("0x", System.StringComparison.Ordinal) => Hexadecimal(unsigned.Substring(2).Replace("_", string.Empty)) is { } hexadecimal ? sign + hexadecimal : null,
            _ => Decimal(unsigned) is { } number ? sign + number : null,
        };
    }

    private static string? Hexadecimal(string digits)
    {
        return digits.Length <= 15 && long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    // Digits, a point, digits and an exponent, as JSON writes them.
    private static string? Decimal(string scalar)
    {
        var at = 0;
        var whole = Digits(scalar, ref at, allowsUnderscore: true);
        var hasPoint = at < scalar.Length && scalar[at] == '.';
        at += hasPoint ? 1 : 0;
        var fraction = hasPoint ? Digits(scalar, ref at, allowsUnderscore: false) : string.Empty;
        var exponent = Exponent(scalar, ref at);
        if (at < scalar.Length || exponent is null || (whole.Length == 0 && fraction.Length == 0) || (whole.Length > 1 && whole[0] == '0'))
        {
            return null;
        }

        return (whole.Length == 0 ? "0" : whole) + (fraction.Length == 0 ? string.Empty : "." + fraction) + exponent;
    }

    // Empty where there is none, null where it is none.
    private static string? Exponent(string scalar, ref int at)
    {
        if (at >= scalar.Length || scalar[at] is not ('e' or 'E'))
        {
            return string.Empty;
        }

        at++;
        var sign = at < scalar.Length && scalar[at] is '+' or '-' ? scalar[at++].ToString() : string.Empty;
        var digits = Digits(scalar, ref at, allowsUnderscore: false);
        return digits.Length == 0 ? null : "e" + sign + digits;
    }

    private static string Digits(string scalar, ref int at, bool allowsUnderscore)
    {
        var start = at;
        while (at < scalar.Length && (scalar[at] is >= '0' and <= '9' || (allowsUnderscore && at > start && scalar[at] == '_')))
        {
            at++;
        }

        return scalar.Substring(start, at - start).Replace("_", string.Empty);
    }
}
