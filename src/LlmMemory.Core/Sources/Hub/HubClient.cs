using System;
using System.Net;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Threading;
using LlmMemory.Errors;
using LlmMemory.Json;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// A client of the Hugging Face Hub and of mirrors that speak its API. It is used only when a user asks for a model by
/// its id; nothing else in the engine opens a connection.
/// </summary>
public sealed class HubClient : IDisposable
{
    // Headers of many shards are read in parallel; .NET Framework allows two connections to a host unless told otherwise.
    private const int MaxConnections = 8;

    private readonly HubTransport _transport;

    /// <summary>Creates a client.</summary>
    /// <param name="options">How the Hub is asked; from the environment when null.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.HubEndpointInvalid"/> or <see cref="ErrorIds.HubTokenInvalid"/>.
    /// </exception>
    public HubClient(HubOptions? options = null)
        : this(options ?? HubOptions.FromEnvironment(), SystemHandler())
    {
    }

    /// <summary>Creates a client that sends its requests through a handler of the caller's.</summary>
    /// <param name="options">How the Hub is asked.</param>
    /// <param name="handler">What sends the requests. It must not follow redirects, or the token goes where they lead.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.HubEndpointInvalid"/>.</exception>
    public HubClient(HubOptions options, HttpMessageHandler handler)
    {
        var given = options ?? throw new ArgumentNullException(nameof(options));
        Endpoint = HubEndpoint.Parse(given.Endpoint);
        MaxFileBytes = given.MaxFileBytes;
        _transport = new HubTransport(handler ?? throw new ArgumentNullException(nameof(handler)), Endpoint, given);
    }

    /// <summary>The Hub's host.</summary>
    public string Host => Endpoint.Host;

    /// <summary>The Hub's address.</summary>
    internal HubEndpoint Endpoint { get; }

    /// <summary>Bytes that are read of one file at most.</summary>
    internal long MaxFileBytes { get; }

    /// <summary>Asks the Hub for a model: which commit its revision is at, and which files it has.</summary>
    /// <param name="modelId">The model, <c>owner/name</c>.</param>
    /// <param name="revision">A branch, a tag or a commit; <c>main</c> when null.</param>
    /// <param name="progress">Told of what is received, now and when the files are read.</param>
    /// <param name="cancellation">Ends the asking, now and when the files are read.</param>
    /// <exception cref="LlmMemoryException">
    /// <see cref="ErrorIds.ModelIdInvalid"/>, <see cref="ErrorIds.ModelRevisionInvalid"/>,
    /// <see cref="ErrorIds.HubModelNotFound"/>, <see cref="ErrorIds.HubRevisionNotFound"/>,
    /// <see cref="ErrorIds.HubAccessDenied"/>, <see cref="ErrorIds.HubTokenRejected"/>,
    /// <see cref="ErrorIds.HubRateLimited"/>, <see cref="ErrorIds.HubUnavailable"/>, <see cref="ErrorIds.HubOffline"/> or
    /// <see cref="ErrorIds.HubResponseInvalid"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The caller does not want it any more.</exception>
    public HubModelFiles Open(
        string modelId,
        string? revision = null,
        IProgress<HubProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var request = new HubRequest
        {
            ModelId = HubModelId.Check(modelId),
            Revision = HubRevision.Check(revision),
            Address = Endpoint.Description(modelId, revision ?? HubRevision.Default),
            Count = HubModelDescription.MaxBytes,
            Tally = new HubTally(),
        };
        return new HubModelFiles(this, request, Describe(request, cancellation), progress, cancellation);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        _transport.Dispose();
    }

    /// <summary>Gets what is asked for.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="received">Told of bytes that came.</param>
    /// <param name="cancellation">Ends it.</param>
    internal HubContent Get(HubRequest request, Action<int> received, CancellationToken cancellation)
    {
        return _transport.Get(request, received, cancellation);
    }

    private HubModelDescription Describe(HubRequest request, CancellationToken cancellation)
    {
        var content = Get(request, _ => { }, cancellation);
        try
        {
            return HubModelDescription.Parse(content.Bytes)
                ?? throw HubError.ResponseInvalid(request, Host, "it names no commit, or has no list of files.");
        }
        catch (JsonFormatException error)
        {
            throw HubError.ResponseInvalid(request, Host, $"it is no JSON: at byte {error.Offset}, {error.Message}.", error);
        }
    }

    private static HttpClientHandler SystemHandler()
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            DefaultProxyCredentials = CredentialCache.DefaultCredentials,
            MaxConnectionsPerServer = MaxConnections,
        };
        if (RuntimeInformation.FrameworkDescription.StartsWith(".NET Framework", StringComparison.Ordinal))
        {
            // There the default is what the host program was built for, which in Windows PowerShell may be TLS 1.0.
            handler.SslProtocols = SslProtocols.Tls12;
        }

        return handler;
    }
}
