using System;
using System.Globalization;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Hub;

/// <summary>
/// The errors of the Hub, each told apart from the others because what to do differs. No text of the server and no
/// query of an address stands in them: a mirror may send back what it was sent, and a signed address is a key.
/// </summary>
internal static class HubError
{
    /// <summary>The model is not there, or may not be known of.</summary>
    public static LlmMemoryException ModelNotFound(HubRequest request, string host, bool hasToken)
    {
        var token = hasToken
            ? "If it is private, the token that was sent may not see it."
            : "If it is private, give a token that may read it: -Token or HF_TOKEN.";
        return new LlmMemoryException(
            ErrorIds.HubModelNotFound,
            request.ModelId,
            $"{host} has no model {Quoted.Value(request.ModelId)}. Check the spelling of owner and name. {token}");
    }

    /// <summary>The model has no such branch, tag or commit.</summary>
    public static LlmMemoryException RevisionNotFound(HubRequest request)
    {
        return new LlmMemoryException(
            ErrorIds.HubRevisionNotFound,
            request.Revision,
            $"{Quoted.Value(request.ModelId)} has no revision {Quoted.Value(request.Revision)}. Give a branch, "
            + "a tag or a whole commit; most models have the branch main.");
    }

    /// <summary>The model has no such file.</summary>
    public static LlmMemoryException FileNotFound(HubRequest request)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFileNotFound,
            request.File,
            $"{Quoted.Value(request.ModelId)} has no file {Quoted.Value(request.File)} at revision "
            + $"{Quoted.Value(request.Revision)}.");
    }

    /// <summary>The model's owner lets only those in who asked.</summary>
    public static LlmMemoryException Gated(HubRequest request, string host, bool hasToken)
    {
        var next = hasToken
            ? $"The token's owner has not been let in yet: ask for access on the model's page at {host}."
            : $"Ask for access on the model's page at {host}, then give your token: -Token or HF_TOKEN.";
        return new LlmMemoryException(
            ErrorIds.HubAccessDenied,
            request.ModelId,
            $"{Quoted.Value(request.ModelId)} is gated: only those may read it whom its owner let in. {next}");
    }

    /// <summary>The model exists, and this user may not read it.</summary>
    public static LlmMemoryException AccessDenied(HubRequest request, string host)
    {
        return new LlmMemoryException(
            ErrorIds.HubAccessDenied,
            request.ModelId,
            $"{host} does not let {Quoted.Value(request.Subject)} be read. It is disabled, or the token lacks the right: "
            + "a fine-grained token must be allowed to read the contents of this repository.");
    }

    /// <summary>The token itself is not accepted.</summary>
    public static LlmMemoryException TokenRejected(HubRequest request, string host)
    {
        return new LlmMemoryException(
            ErrorIds.HubTokenRejected,
            request.ModelId,
            $"{host} does not accept the access token, so it did not say whether it has {Quoted.Value(request.ModelId)}. "
            + "The token is mistyped, has expired or was withdrawn: give a new one, or none for a public model "
            + "(HF_HUB_DISABLE_IMPLICIT_TOKEN=1).");
    }

    /// <summary>Too many requests.</summary>
    public static LlmMemoryException RateLimited(HubRequest request, string host, TimeSpan? retryAfter)
    {
        var when = retryAfter is { } wait
            ? $"in {Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture)} seconds"
            : "in some minutes";
        return new LlmMemoryException(
            ErrorIds.HubRateLimited,
            request.ModelId,
            $"{host} has had too many requests from here. Ask again {when}; users with a token may ask more often.");
    }

    /// <summary>The Hub cannot be reached, or is not able to answer.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="host">Who was asked.</param>
    /// <param name="reason">What happened, as a sentence.</param>
    /// <param name="cause">What the network said, if anything.</param>
    public static LlmMemoryException Unavailable(HubRequest request, string host, string reason, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.HubUnavailable,
            request.ModelId,
            $"{Quoted.Value(request.Subject)} cannot be had from {host}: {reason} Try later, set HF_ENDPOINT to a mirror, "
            + "or give the model's folder or config.json instead.",
            cause);
    }

    /// <summary>The user asked not to use the network.</summary>
    public static LlmMemoryException Offline(string modelId)
    {
        return new LlmMemoryException(
            ErrorIds.HubOffline,
            modelId,
            $"{Quoted.Value(modelId)} was not asked for, because HF_HUB_OFFLINE is set. Unset it, or give the model's folder or "
            + "config.json instead.");
    }

    /// <summary>The answer is not what the Hub's API promises.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="host">Who answered.</param>
    /// <param name="reason">What is wrong with the answer, as a sentence.</param>
    /// <param name="cause">What was found, if anything.</param>
    public static LlmMemoryException ResponseInvalid(HubRequest request, string host, string reason, Exception? cause = null)
    {
        return new LlmMemoryException(
            ErrorIds.HubResponseInvalid,
            request.ModelId,
            $"What {host} sent for {Quoted.Value(request.Subject)} cannot be used: {reason} Check that HF_ENDPOINT is the "
            + "address of a Hub or a mirror of it, and that no proxy changes what comes through.",
            cause);
    }

    /// <summary>The file is longer than any real one of its kind, or its header is.</summary>
    public static LlmMemoryException TooLarge(HubRequest request, long maxBytes)
    {
        return new LlmMemoryException(
            ErrorIds.ModelFileTooLarge,
            request.File ?? request.ModelId,
            $"{Quoted.Value(request.Subject)} would take more than {maxBytes} bytes to read, which nothing of its kind "
            + "takes, so it was not read any further.");
    }
}
