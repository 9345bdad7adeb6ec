using System;
using System.Collections.Generic;

namespace LlmMemory.Tests.Hosting;

/// <summary>Environment variables of this process, as they were before when the test is over.</summary>
internal sealed class EnvironmentVariables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    /// <summary>A variable; null for one that is not set.</summary>
    public string? this[string name]
    {
        set
        {
            _before.TryAdd(name, Environment.GetEnvironmentVariable(name));
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    /// <summary>A user who has no models and is not logged in anywhere, whoever runs the tests.</summary>
    /// <param name="home">The user's home folder.</param>
    public static EnvironmentVariables OfNewUser(string home)
    {
        var variables = new EnvironmentVariables { ["HOME"] = home, ["USERPROFILE"] = home, ["LOCALAPPDATA"] = home };
        string[] unset =
        [
            "HF_ENDPOINT", "HF_HOME", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "XDG_CACHE_HOME", "OLLAMA_MODELS", "LLAMA_CACHE",
            "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE",
            "HF_HUB_DISABLE_IMPLICIT_TOKEN", "XDG_DATA_HOME",
        ];
        Array.ForEach(unset, name => variables[name] = null);
        return variables;
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
