using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Files;

/// <summary>
/// Holds the path of a file to the model's own folder. Such paths come out of untrusted indexes and listings, and
/// <c>../../secret</c> or <c>C:\secret</c> must not be opened because an index says so.
/// </summary>
internal static class ModelFilePath
{
    private const int MaxLength = 1024;

    // What Windows takes for something else than a plain name: a stream, a drive, a wildcard, another separator.
    private const string Refused = "\\:*?\"<>|";

    /// <summary>Returns the path if it stays in the folder.</summary>
    /// <param name="path">The path, relative and with forward slashes.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.ModelFileNameInvalid"/>.</exception>
    public static string Check(string path)
    {
        return IsInside(path)
            ? path
            : throw new LlmMemoryException(
                ErrorIds.ModelFileNameInvalid,
                path,
                $"{Quoted.Value(path)} is no file inside a model's folder. A good one is relative and has forward slashes: "
                + "model-00001-of-00004.safetensors.");
    }

    /// <summary>True where the path is relative, plain, and stays in the folder.</summary>
    /// <param name="path">The path, relative and with forward slashes.</param>
    public static bool IsInside(string path)
    {
        return !string.IsNullOrEmpty(path)
            && path.Length <= MaxLength
            && !path.Any(letter => char.IsControl(letter) || Refused.IndexOf(letter) >= 0)
            && path.Split('/').All(step => step.Length > 0 && step != "." && step != "..");
    }
}
