using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// Sends a request and follows its redirects by hand, because the token must stay behind when they lead to another
/// host: the Hub keeps large files on storage of others, under signed addresses.
/// </summary>
internal sealed class HubRedirects(HttpClient http, HubEndpoint endpoint, HubToken? token)
{
    private const int MaxRedirects = 5;

    private readonly HostReach _reach = new();

    /// <summary>Sends the request.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The first answer that is no redirect; the caller disposes of it.</returns>
    /// <exception cref="HubFailure">A redirect that is not followed.</exception>
    public async Task<HubReply> Send(HubRequest request, CancellationToken cancellation)
    {
        var address = request.Address;
        var stayedHome = true;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            // Once the request has left the Hub, another server decides where it goes; not even the way back has the
            // token then.
            stayedHome &= endpoint.Owns(address);
            var message = await SendOne(request, address, stayedHome, cancellation).ConfigureAwait(false);
            if ((int)message.StatusCode is not (301 or 302 or 303 or 307 or 308))
            {
                return new HubReply(message, address, stayedHome && token is not null, stayedHome);
            }

            using (message)
            {
                address = await Target(request, address, message, cancellation).ConfigureAwait(false);
            }
        }

        throw Refused(request, $"it redirected more than {MaxRedirects} times.");
    }

    private Task<HttpResponseMessage> SendOne(HubRequest request, Uri address, bool withToken, CancellationToken cancellation)
    {
        var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.TryAddWithoutValidation("User-Agent", "LlmMemory");
        // A compressed answer has other lengths than the file.
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (request.IsRange)
        {
            message.Headers.Range = new RangeHeaderValue(request.Start, request.Start + request.Count - 1);
        }

        if (withToken && token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token.Reveal());
        }

        request.Tally.CountRequest();
        return http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private async Task<Uri> Target(
        HubRequest request, Uri from, HttpResponseMessage message, CancellationToken cancellation)
    {
        if (message.Headers.Location is not { } location
            || !Uri.TryCreate(from, location, out var target)
            || target.UserInfo.Length > 0)
        {
            throw Refused(request, "it redirected without saying where to.");
        }

        if (!HubEndpoint.IsSafe(target))
        {
            throw Refused(request, $"it redirected to {Place(target)}, which is not HTTPS.");
        }

        if (!IsSameHost(from, target) && await IsNearer(target, cancellation).ConfigureAwait(false))
        {
            throw Refused(request, $"it redirected to {Place(target)}, which lies inside your own network.");
        }

        return target;
    }

    private async Task<bool> IsNearer(Uri target, CancellationToken cancellation)
    {
        return await _reach.Of(target, cancellation).ConfigureAwait(false)
            > await _reach.Of(endpoint.Address, cancellation).ConfigureAwait(false);
    }

    private static bool IsSameHost(Uri from, Uri target)
    {
        return string.Equals(from.Host, target.Host, StringComparison.OrdinalIgnoreCase);
    }

    // Without the path and the query: those of storage are keys to it.
    private static string Place(Uri target)
    {
        return target.GetLeftPart(UriPartial.Authority);
    }

    private HubFailure Refused(HubRequest request, string reason)
    {
        return new HubFailure(HubError.ResponseInvalid(request, endpoint.Host, reason));
    }
}
