using System;
using System.Linq;
using LlmMemory.Errors;

namespace LlmMemory.Sources.Hub;

/// <summary>The Hub's address, and the addresses below it.</summary>
internal sealed class HubEndpoint
{
    private readonly string _root;

    private HubEndpoint(Uri address)
    {
        Address = address;
        _root = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    /// <summary>The address as the user gave it.</summary>
    public Uri Address { get; }

    /// <summary>The host for messages, with its port where that is not the usual one.</summary>
    public string Host => Address.Authority;

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.HubEndpointInvalid"/>.</exception>
    public static HubEndpoint Parse(string text)
    {
        var isAddress = Uri.TryCreate(text?.Trim(), UriKind.Absolute, out var address)
            && address!.Host.Length > 0
            && address.UserInfo.Length == 0
            && address.Query.Length == 0
            && address.Fragment.Length == 0
            && IsSafe(address);
        return isAddress ? new HubEndpoint(address!) : throw Invalid(text);
    }

    /// <summary>True where what is sent cannot be read on the way: HTTPS, or it stays on this machine.</summary>
    /// <param name="address">The address.</param>
    public static bool IsSafe(Uri address)
    {
        return address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
    }

    /// <summary>Where the Hub describes a revision of a model, with the size of every file.</summary>
    /// <param name="modelId">The model, checked.</param>
    /// <param name="revision">The revision, checked.</param>
    public Uri Description(string modelId, string revision)
    {
        return new Uri($"{_root}/api/models/{modelId}/revision/{Uri.EscapeDataString(revision)}?blobs=true");
    }

    /// <summary>Where a file of a model is.</summary>
    /// <param name="modelId">The model, checked.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="path">The file's path, checked.</param>
    public Uri File(string modelId, string commit, string path)
    {
        return new Uri($"{_root}/{modelId}/resolve/{commit}/{string.Join("/", path.Split('/').Select(Uri.EscapeDataString))}");
    }

    /// <summary>True where a request may carry the token: the scheme, the host and the port are the endpoint's own.</summary>
    /// <param name="address">Where the request goes.</param>
    public bool Owns(Uri address)
    {
        return Uri.Compare(
            address, Address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
    }

    private static LlmMemoryException Invalid(string? text)
    {
        // A name and password in the address would be a secret in a message, so the value is not repeated.
        var shown = text is not null && text.IndexOf('@') < 0 ? text : "(not shown)";
        return new LlmMemoryException(
            ErrorIds.HubEndpointInvalid,
            shown,
            $"{Quoted.Value(shown)} is no address of a Hub. A good one begins with https:// (http:// only on this machine) and "
            + $"has no name, password or query: {HubOptions.DefaultEndpoint}.");
    }
}
