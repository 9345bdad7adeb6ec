using System;
using System.Threading;
using System.Threading.Tasks;
using LlmMemory.Errors;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Hub;

/// <summary>How the Hub is asked: where it is, who asks, and how patiently.</summary>
public sealed record HubOptions
{
    /// <summary>The Hub of Hugging Face.</summary>
    public const string DefaultEndpoint = "https://huggingface.co";

    /// <summary>
    /// The Hub's address, or that of a mirror which speaks the same API; it may have a path. HTTPS, unless it is on
    /// this machine.
    /// </summary>
    public string Endpoint { get; init; } = DefaultEndpoint;

    /// <summary>
    /// The token for private and gated models; null to ask without one. It is sent to <see cref="Endpoint"/> alone.
    /// </summary>
    public HubToken? Token { get; init; }

    /// <summary>True to refuse every request, as HF_HUB_OFFLINE asks.</summary>
    public bool Offline { get; init; }

    /// <summary>How long a request may wait for an answer; a body may take longer as long as it keeps coming.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is sent again after a passing failure.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>No request is sent again later than this after it was sent first.</summary>
    public TimeSpan RetryTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes that are fetched of one file; more is no header. That of safetensors may have 100 MB.</summary>
    public long MaxFileBytes { get; init; } = 128L << 20;

    /// <summary>How the time between two tries is waited for.</summary>
    public Func<TimeSpan, CancellationToken, Task> Wait { get; init; } = Task.Delay;

    /// <summary>
    /// The options that the user's environment asks for, by the variables of huggingface_hub: HF_ENDPOINT, HF_TOKEN,
    /// HF_TOKEN_PATH, HF_HOME, HF_HUB_OFFLINE, HF_HUB_DISABLE_IMPLICIT_TOKEN.
    /// </summary>
    /// <param name="environment">The environment; that of this process when null.</param>
    /// <param name="token">The token that is used instead of the environment's, which then is not looked at.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.HubTokenInvalid"/>.</exception>
    public static HubOptions FromEnvironment(UserEnvironment? environment = null, HubToken? token = null)
    {
        var user = environment ?? UserEnvironment.Current;
        return new HubOptions
        {
            Endpoint = user.Variable("HF_ENDPOINT") ?? DefaultEndpoint,
            Token = token ?? HubTokenSource.Find(user),
            Offline = user.IsOn("HF_HUB_OFFLINE") || user.IsOn("TRANSFORMERS_OFFLINE"),
        };
    }
}
