using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// Checks what a user calls a model before it becomes part of an address. The Hub's rules, from huggingface_hub
/// src/huggingface_hub/utils/_validators.py: name or owner/name, letters of ASCII, digits, - _ and ., up to 96.
/// </summary>
internal static class HubModelId
{
    private const int MaxPartLength = 96;

    /// <summary>Returns the id if it is one.</summary>
    /// <param name="modelId">The id.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ModelIdInvalid"/>.</exception>
    public static string Check(string modelId)
    {
        var parts = (modelId ?? string.Empty).Split('/');
        return parts.Length <= 2 && parts.All(IsPart)
            ? modelId!
            : throw new LlmMemoryException(
                ErrorIds.ModelIdInvalid,
                modelId,
                $"{Quoted.Value(modelId)} is no model id of the Hub. A good one is owner/name, without an address around it: "
                + "meta-llama/Llama-3.1-8B.");
    }

    private static bool IsPart(string part)
    {
        return part.Length is > 0 and <= MaxPartLength
            && part.All(letter => IsLetterOrDigit(letter) || letter is '-' or '.')
            && IsLetterOrDigit(part[0])
            && IsLetterOrDigit(part[part.Length - 1])
            && !part.Contains("--")
            && !part.Contains("..")
            && !part.EndsWith(".git", System.StringComparison.Ordinal);
    }

    private static bool IsLetterOrDigit(char letter)
    {
        return letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';
    }
}
