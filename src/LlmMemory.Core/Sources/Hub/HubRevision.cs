using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Hub;

/// <summary>Checks the name of a revision: a branch, a tag, a pull request's ref, or a commit.</summary>
internal static class HubRevision
{
    /// <summary>The branch that the Hub shows when none is asked for.</summary>
    public const string Default = "main";

    private const int MaxLength = 255;

    // What Git refuses in the name of a ref: git-check-ref-format.
    private const string Refused = " ~^:?*[\\";

    /// <summary>Returns the revision if it can be one.</summary>
    /// <param name="revision">The revision; <see cref="Default"/> when null.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ModelRevisionInvalid"/>.</exception>
    public static string Check(string? revision)
    {
        var name = revision ?? Default;
        var isName = name.Length is > 0 and <= MaxLength
            && name.All(letter => letter is > ' ' and <= '~' && Refused.IndexOf(letter) < 0)
            && name.Split('/').All(step => step.Length > 0 && step[0] != '.')
            && !name.Contains("..");
        return isName
            ? name
            : throw new LlmMemoryException(
                ErrorIds.ModelRevisionInvalid,
                revision,
                $"{Quoted.Value(revision)} is no revision of a repository. A good one is a branch, a tag or a commit: main.");
    }

    /// <summary>True for the full name of a commit, which never comes to mean anything else.</summary>
    /// <param name="text">The text.</param>
    public static bool IsCommit(string? text)
    {
        return text is { Length: 40 } && text.All(letter => letter is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
    }
}
