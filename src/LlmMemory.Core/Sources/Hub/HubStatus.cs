using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// Tells the Hub's refusals apart. Source: huggingface/huggingface_hub, src/huggingface_hub/utils/_http.py: the header
/// X-Error-Code says GatedRepo, RepoNotFound, RevisionNotFound or EntryNotFound; a bare 401 stands for a private, a
/// gated and a missing model alike, and for a token that is not accepted.
/// </summary>
internal static class HubStatus
{
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromDays(1);

    /// <summary>Lets an answer pass that has what was asked for.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="request">What was asked for.</param>
    /// <exception cref="HubFailure">It is a refusal.</exception>
    public static void Check(HubReply reply, HubRequest request)
    {
        var status = (int)reply.Message.StatusCode;
        var isContent = status == 200 || (request.IsRange && status is 206 or 416);
        if (!isContent)
        {
            throw (reply.IsFromEndpoint ? ByCode(reply, request) : null) ?? ByStatus(reply, request, status);
        }
    }

    private static HubFailure? ByCode(HubReply reply, HubRequest request)
    {
        var error = Header(reply.Message, "X-Error-Code") switch
        {
            "GatedRepo" => HubError.Gated(request, reply.Host, reply.HadToken),
            "RevisionNotFound" => HubError.RevisionNotFound(request),
            "EntryNotFound" => HubError.FileNotFound(request),
            "RepoNotFound" when !IsBadToken(reply) => HubError.ModelNotFound(request, reply.Host, reply.HadToken),
            _ => null,
        };
        return error is null ? null : new HubFailure(error);
    }

    private static HubFailure ByStatus(HubReply reply, HubRequest request, int status)
    {
        return status switch
        {
            401 or 403 when !reply.IsFromEndpoint =>
                Unavailable(reply, request, "the storage that the Hub redirected to did not let us in.", true),
            401 when reply.HadToken => new HubFailure(HubError.TokenRejected(request, reply.Host)),
            401 => new HubFailure(HubError.ModelNotFound(request, reply.Host, hasToken: false)),
            403 or 451 => new HubFailure(HubError.AccessDenied(request, reply.Host)),
            404 when request.File is null => new HubFailure(HubError.ModelNotFound(request, reply.Host, reply.HadToken)),
            404 => new HubFailure(HubError.FileNotFound(request)),
            429 => RateLimited(reply, request),
            407 => Unavailable(reply, request, "the proxy asks for a login that this account does not give it.", false),
            408 or (>= 500 and <= 599) => Unavailable(reply, request, $"the server answered with status {status}.", true),
            _ => new HubFailure(HubError.ResponseInvalid(request, reply.Host, $"the status is {status}.")),
        };
    }

    // The Hub names a missing model and a bad token by the same code when it cannot tell who asks.
    private static bool IsBadToken(HubReply reply)
    {
        return reply.HadToken && reply.Message.StatusCode == HttpStatusCode.Unauthorized;
    }

    private static HubFailure Unavailable(HubReply reply, HubRequest request, string reason, bool isPassing)
    {
        return new HubFailure(HubError.Unavailable(request, reply.Host, reason), isPassing, RetryAfter(reply.Message));
    }

    private static HubFailure RateLimited(HubReply reply, HubRequest request)
    {
        var retryAfter = RetryAfter(reply.Message);
        return new HubFailure(HubError.RateLimited(request, reply.Host, retryAfter), isPassing: true, retryAfter);
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage message)
    {
        var header = message.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - DateTimeOffset.UtcNow) ?? WindowEnd(message);
        return wait is not { } time ? null
            : time < TimeSpan.Zero ? TimeSpan.Zero
            : time < LongestRetryAfter ? time
            : LongestRetryAfter;
    }

    // The Hub's own header: RateLimit: "api";r=0;t=55, with the seconds until its five minutes are over.
    private static TimeSpan? WindowEnd(HttpResponseMessage message)
    {
        var seconds = Regex.Match(Header(message, "RateLimit") ?? string.Empty, @";\s*t\s*=\s*([0-9]{1,6})(?![0-9])");
        return seconds.Success
            ? TimeSpan.FromSeconds(int.Parse(seconds.Groups[1].Value, CultureInfo.InvariantCulture))
            : null;
    }

    private static string? Header(HttpResponseMessage message, string name)
    {
        return message.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
    }
}
