using System;
using System.IO;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// Finds the token of a user who is logged in to the Hub. Source: huggingface/huggingface_hub,
/// src/huggingface_hub/utils/_auth.py: HF_TOKEN, its older name, then the file that a log-in leaves.
/// </summary>
internal static class HubTokenSource
{
    /// <summary>The token, null where there is none or where the user does not want it to be used unasked.</summary>
    /// <param name="environment">The user's environment.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.HubTokenInvalid"/>.</exception>
    public static HubToken? Find(UserEnvironment environment)
    {
        if (environment.IsOn("HF_HUB_DISABLE_IMPLICIT_TOKEN"))
        {
            return null;
        }

        return FromVariable(environment, "HF_TOKEN")
            ?? FromVariable(environment, "HUGGING_FACE_HUB_TOKEN")
            ?? FromFile(HuggingFaceFolders.TokenFile(environment));
    }

    private static HubToken? FromVariable(UserEnvironment environment, string name)
    {
        return environment.Variable(name) is { } token ? HubToken.Parse(token, $"The access token in {name}") : null;
    }

    private static HubToken? FromFile(string path)
    {
        var token = ReadFile(path);
        return string.IsNullOrWhiteSpace(token) ? null : HubToken.Parse(token!, $"The access token in the file '{path}'");
    }

    private static string? ReadFile(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            // Another user's file: this one is not logged in. A model that needs the token says so by name.
            return null;
        }
    }
}
