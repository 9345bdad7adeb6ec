using System;
using System.Net.Http;

namespace LlmMemory.Sources.Hub;

/// <summary>An answer, once every redirect has been followed.</summary>
/// <param name="Message">The answer; its body has not been read yet.</param>
/// <param name="Address">Who gave it.</param>
/// <param name="HadToken">True where the request carried the token.</param>
/// <param name="IsFromEndpoint">True where the Hub itself answered, false where a redirect led to another server.</param>
internal sealed record HubReply(HttpResponseMessage Message, Uri Address, bool HadToken, bool IsFromEndpoint) : IDisposable
{
    /// <summary>The host for messages.</summary>
    public string Host => Address.Authority;

    public void Dispose()
    {
        Message.Dispose();
    }
}
