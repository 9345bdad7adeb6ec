using System.Globalization;

namespace LlmMemory.Quantities;

/// <summary>Counts of tokens. Here k is 1024, as model cards mean it: a 128k context has 131,072 tokens.</summary>
public static class TokenCount
{
    private const long TokensPerK = 1024;

    /// <summary>Writes a count as model cards do: <c>128k</c>, and a count that is no multiple of 1024 in full.</summary>
    /// <param name="tokens">The count of tokens.</param>
    public static string Format(long tokens)
    {
        return tokens >= TokensPerK && tokens % TokensPerK == 0
            ? (tokens / TokensPerK).ToString(CultureInfo.InvariantCulture) + "k"
            : tokens.ToString(CultureInfo.InvariantCulture);
    }
}
