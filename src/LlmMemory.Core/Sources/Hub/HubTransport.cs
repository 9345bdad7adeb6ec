using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// Gets bytes from the Hub: one request, with its redirects, its tries and its time, and one error if it fails.
/// </summary>
internal sealed class HubTransport : IDisposable
{
    private readonly HttpClient _http;
    private readonly HubEndpoint _endpoint;
    private readonly HubOptions _options;
    private readonly HubRedirects _redirects;
    private readonly HubRetry _retry;

    /// <summary>Creates the transport.</summary>
    /// <param name="handler">What sends the requests.</param>
    /// <param name="endpoint">The Hub.</param>
    /// <param name="options">How it is asked.</param>
    public HubTransport(HttpMessageHandler handler, HubEndpoint endpoint, HubOptions options)
    {
        // Time is kept here, for each try with its body; HttpClient's own would end with the headers.
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _endpoint = endpoint;
        _options = options;
        _redirects = new HubRedirects(_http, endpoint, options.Token);
        _retry = new HubRetry(options);
    }

    /// <summary>Gets what is asked for.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="received">Told of bytes that came, on another thread than the caller's.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="LlmMemoryException">It cannot be had.</exception>
    /// <exception cref="OperationCanceledException">The caller does not want it any more.</exception>
    public HubContent Get(HubRequest request, Action<int> received, CancellationToken cancellation)
    {
        if (_options.Offline)
        {
            throw HubError.Offline(request.ModelId);
        }

        // On a thread of the pool, so that the thread of a user interface can wait for it.
        return Task.Run(() => _retry.Run(() => Attempt(request, received, cancellation), cancellation), cancellation)
            .GetAwaiter()
            .GetResult();
    }

    public void Dispose()
    {
        _http.Dispose();
    }

    private async Task<HubContent> Attempt(HubRequest request, Action<int> received, CancellationToken cancellation)
    {
        using var deadline = new HubDeadline(_options.Timeout, cancellation);
        try
        {
            using var reply = await _redirects.Send(request, deadline.Token).ConfigureAwait(false);
            HubStatus.Check(reply, request);
            return await HubBody.Read(reply, request, deadline, received).ConfigureAwait(false);
        }
        catch (Exception error) when (IsNetwork(error))
        {
            cancellation.ThrowIfCancellationRequested();
            throw deadline.Token.IsCancellationRequested ? TooSlow(request, error) : Unreachable(request, error);
        }
    }

    private static bool IsNetwork(Exception error)
    {
        return error is OperationCanceledException or HttpRequestException or IOException
            or WebException or ObjectDisposedException;
    }

    private HubFailure TooSlow(HubRequest request, Exception error)
    {
        var seconds = _options.Timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        var reason = $"it did not answer within {seconds} seconds.";
        return new HubFailure(HubError.Unavailable(request, _endpoint.Host, reason, error), isPassing: true);
    }

    private HubFailure Unreachable(HubRequest request, Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case AuthenticationException or WebException { Status: WebExceptionStatus.TrustFailure }:
                    const string Untrusted = "its certificate is not trusted here. Where a proxy opens the connections, its root "
                        + "certificate must be in the system's store.";
                    return new HubFailure(HubError.Unavailable(request, _endpoint.Host, Untrusted, error));
                case SocketException { SocketErrorCode: SocketError.HostNotFound }:
                    const string Unknown = "its name is not known here: no network, a mistyped HF_ENDPOINT, or a proxy "
                        + "that is not set.";
                    return new HubFailure(HubError.Unavailable(request, _endpoint.Host, Unknown, error));
            }
        }

        return new HubFailure(HubError.Unavailable(request, _endpoint.Host, "the connection failed.", error), isPassing: true);
    }
}
