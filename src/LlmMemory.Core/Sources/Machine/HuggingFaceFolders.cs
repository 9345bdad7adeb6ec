using System.IO;

namespace LlmMemory.Sources.Machine;

/// <summary>
/// Where the Hugging Face libraries keep what they keep, by the same variables and in the same order.
/// Source: huggingface/huggingface_hub, src/huggingface_hub/constants.py.
/// </summary>
internal static class HuggingFaceFolders
{
    /// <summary>The folder of downloaded models, datasets and spaces.</summary>
    /// <param name="environment">The user's environment.</param>
    public static string Cache(UserEnvironment environment)
    {
        return environment.Folder("HF_HUB_CACHE")
            ?? environment.Folder("HUGGINGFACE_HUB_CACHE")
            ?? Path.Combine(Home(environment), "hub");
    }

    /// <summary>The file that a log-in leaves its token in.</summary>
    /// <param name="environment">The user's environment.</param>
    public static string TokenFile(UserEnvironment environment)
    {
        return environment.Folder("HF_TOKEN_PATH") ?? Path.Combine(Home(environment), "token");
    }

    private static string Home(UserEnvironment environment)
    {
        return environment.Folder("HF_HOME")
            ?? Path.Combine(environment.Folder("XDG_CACHE_HOME") ?? environment.InHome(".cache"), "huggingface");
    }
}
