using System;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// An access token of the Hub. It is a type of its own so that no message, log or table can show it by accident: its
/// text is the word 'token'.
/// </summary>
public sealed class HubToken
{
    private const int MaxLength = 4096;

    private readonly string _value;

    private HubToken(string value)
    {
        _value = value;
    }

    /// <summary>Takes a token.</summary>
    /// <param name="value">The token; blanks and line breaks around it do not count.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.HubTokenInvalid"/>: no token looks like this. The error does not repeat it.
    /// </exception>
    public static HubToken Parse(string value)
    {
        return Parse(value, "The given access token");
    }

    /// <summary>Takes a token that the user did not give for this command alone.</summary>
    /// <param name="value">The token.</param>
    /// <param name="subject">What it is called in a message: where it stands.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.HubTokenInvalid"/>.</exception>
    internal static HubToken Parse(string value, string subject)
    {
        var token = (value ?? throw new ArgumentNullException(nameof(value))).Trim();
        var isToken = token.Length is > 0 and <= MaxLength && token.All(letter => letter is > ' ' and <= '~');
        return isToken
            ? new HubToken(token)
            : throw new LlmMemoryException(
                ErrorIds.HubTokenInvalid,
                null,
                $"{subject} is none: it is empty, too long, or holds letters that no token has. "
                + "A good one begins with hf_ and stands on the Hub under Settings, Access Tokens.");
    }

    /// <summary>The word token, never the token.</summary>
    public override string ToString()
    {
        return "token";
    }

    /// <summary>The token itself, for the one header that it belongs into.</summary>
    internal string Reveal()
    {
        return _value;
    }
}
