using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using LlmMemory.Errors;
using LlmMemory.Sources.Hub;
using Xunit;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>The token goes to the endpoint alone, and into no message; redirects lead nowhere they should not.</summary>
public sealed class HubTokenTests : IDisposable
{
    private readonly FakeHub _hub = new();

    public void Dispose()
    {
        _hub.Dispose();
    }

    [Fact]
    public void The_token_goes_to_the_Hub_and_not_to_the_host_it_redirects_to()
    {
        _hub.Add("config.json", [1]);
        _hub.Add("model.safetensors", new byte[10_000]);
        using var client = _hub.Client(FakeHub.Token);
        var files = client.Open(FakeHub.ModelId);

        files.Read("config.json", 10);
        using var stream = files.Open("model.safetensors");
        stream.ReadByte();

        Assert.Equal(4, _hub.Server.Requests.Count);
        Assert.All(_hub.Server.Requests, request => Assert.Equal("Bearer " + FakeHub.Token, request.Token));
        Assert.All(_hub.Storage.Requests, request => Assert.Null(request.Token));
        Assert.NotEmpty(_hub.Storage.Requests);
    }

    [Fact]
    public void The_same_host_under_another_name_or_port_does_not_get_the_token()
    {
        using var client = _hub.Client(FakeHub.Token);
        var localhost = _hub.Server.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        _hub.Script(FakeReply.Redirect(localhost + "/api/models/x"));

        client.Open(FakeHub.ModelId);

        Assert.NotNull(_hub.Server.Requests[0].Token);
        Assert.Null(_hub.Server.Requests[1].Token);
    }

    [Fact]
    public void A_way_back_from_another_host_does_not_have_the_token()
    {
        using var elsewhere = new FakeServer(_ => FakeReply.Redirect($"{_hub.Server.Address}/api/models/{FakeHub.ModelId}/revision/main"));
        using var client = _hub.Client(FakeHub.Token);
        _hub.Script(FakeReply.Redirect(elsewhere.Address + "/there"));

        client.Open(FakeHub.ModelId);

        Assert.Equal([true, false], _hub.Server.Requests.Select(request => request.Token is not null));
    }

    [Fact]
    public void Without_a_token_none_is_sent()
    {
        using var client = _hub.Client();

        client.Open(FakeHub.ModelId);

        Assert.Null(_hub.Server.Requests[0].Token);
    }

    [Fact]
    public void No_error_and_no_object_shows_the_token()
    {
        var shown = new List<string>();
        foreach (var status in new[] { 400, 401, 403, 404, 418, 429, 451, 500 })
        {
            // A server that sends the token back in every place that it has.
            var reply = FakeReply.Error(status, FakeHub.Token, "X-Error-Message", FakeHub.Token);
            _hub.Script([.. Enumerable.Repeat(reply with { Body = System.Text.Encoding.ASCII.GetBytes(FakeHub.Token) }, 5)]);
            using var client = _hub.Client(FakeHub.Token);
            shown.Add(Everything(Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId))));
        }

        _hub.Script(FakeReply.Json(FakeHub.Token), FakeReply.Redirect($"http://example.com/?token={FakeHub.Token}"));
        using var last = _hub.Client(FakeHub.Token);
        shown.Add(Everything(Assert.Throws<LlmMemoryException>(() => last.Open(FakeHub.ModelId))));
        shown.Add(Everything(Assert.Throws<LlmMemoryException>(() => last.Open(FakeHub.ModelId))));
        shown.Add($"{_hub.Options(FakeHub.Token)} {HubToken.Parse(FakeHub.Token)} {last} {last.Open(FakeHub.ModelId)}");

        Assert.All(shown, text => Assert.DoesNotContain(FakeHub.Token, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("hf_a b")]
    [InlineData("hf_a\r\nX-Injected: 1")]
    [InlineData("hf_ä")]
    public void What_is_no_token_is_refused_and_not_repeated(string token)
    {
        var error = Assert.Throws<LlmMemoryException>(() => HubToken.Parse(token));

        Assert.Equal(ErrorIds.HubTokenInvalid, error.ErrorId);
        Assert.Null(error.Value);
        Assert.True(token.Trim().Length == 0 || !Everything(error).Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://huggingface.co")]
    [InlineData("http://192.168.1.1")]
    [InlineData("http://10.0.0.1:8080")]
    [InlineData("ftp://huggingface.co")]
    [InlineData("file:///etc")]
    [InlineData("huggingface.co")]
    [InlineData("https://user:secret@huggingface.co")]
    [InlineData("https://huggingface.co/?a=secret")]
    [InlineData("")]
    public void An_address_that_is_not_safe_is_refused(string endpoint)
    {
        var error = Assert.Throws<LlmMemoryException>(() => new HubClient(_hub.Options() with { Endpoint = endpoint }));

        Assert.Equal(ErrorIds.HubEndpointInvalid, error.ErrorId);
        Assert.DoesNotContain("user:secret", Everything(error), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://8.8.8.8/file", "not HTTPS")]
    [InlineData("https://10.1.2.3/file", "own network")]
    [InlineData("https://192.168.0.1/file", "own network")]
    [InlineData("https://172.16.0.1/file", "own network")]
    [InlineData("https://100.64.0.1/file", "own network")]
    [InlineData("https://169.254.169.254/latest/meta-data", "own network")]
    [InlineData("https://127.0.0.1/file", "own network")]
    [InlineData("https://localhost/file", "own network")]
    [InlineData("http://localhost:8080/file", "own network")]
    [InlineData("https://[::1]/file", "own network")]
    [InlineData("https://[fd00::1]/file", "own network")]
    [InlineData("https://[fe80::1]/file", "own network")]
    [InlineData("https://[::ffff:10.0.0.1]/file", "own network")]
    [InlineData("https://2130706433/file", "own network")]
    [InlineData("ftp://8.8.8.8/file", "not HTTPS")]
    [InlineData("file:///etc/passwd", "not HTTPS")]
    [InlineData("https://user:secret@8.8.8.8/file", "without saying where")]
    public void A_public_server_does_not_redirect_into_the_network_or_to_what_others_can_read(string location, string reason)
    {
        using var handler = new Redirecting(location);
        using var client = new HubClient(new HubOptions { Endpoint = "https://8.8.4.4", Token = HubToken.Parse(FakeHub.Token) }, handler);

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(ErrorIds.HubResponseInvalid, error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("meta-data", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, handler.Requests);
    }

    [Fact]
    public void A_circle_of_redirects_ends()
    {
        _hub.Script([.. Enumerable.Repeat(FakeReply.Redirect("/again", 308), 20)]);
        using var client = _hub.Client();

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(ErrorIds.HubResponseInvalid, error.ErrorId);
        Assert.Equal(6, _hub.Server.Requests.Count);
    }

    [Fact]
    public void A_redirect_to_nowhere_is_an_error()
    {
        _hub.Script(new FakeReply { Status = 302 });
        using var client = _hub.Client();

        Assert.Equal(ErrorIds.HubResponseInvalid, Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId)).ErrorId);
    }

    [Fact]
    public void A_signed_address_that_has_expired_is_asked_for_anew()
    {
        _hub.Add("model.safetensors", new byte[10_000]);
        var replies = 0;
        _hub.StorageAnswer = request => replies++ == 0 ? FakeReply.Error(403) : FakeReply.File(new byte[10_000], request);
        using var client = _hub.Client();

        using var stream = client.Open(FakeHub.ModelId).Open("model.safetensors");

        Assert.Equal(0, stream.ReadByte());
        Assert.Equal(3, _hub.Server.Requests.Count);
    }

    private static string Everything(Exception error)
    {
        return $"{error} {error.Data.Count} {(error as LlmMemoryException)?.Value}";
    }

    private sealed class Redirecting(string location) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            var message = new HttpResponseMessage(HttpStatusCode.Found);
            message.Headers.TryAddWithoutValidation("Location", location);
            return Task.FromResult(message);
        }
    }
}
