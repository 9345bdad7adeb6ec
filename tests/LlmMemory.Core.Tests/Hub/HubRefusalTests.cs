using System;
using LlmMemory.Errors;
using LlmMemory.Sources.Hub;
using Xunit;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>
/// The Hub's refusals, as huggingface_hub's _http.py documents them: the header X-Error-Code, and a bare 401 for what
/// is private, missing, or asked for with a bad token.
/// </summary>
public sealed class HubRefusalTests : IDisposable
{
    private readonly FakeHub _hub = new();

    public void Dispose()
    {
        _hub.Dispose();
    }

    public static TheoryData<int, string?, string?, string> Refusals => new()
    {
        { 404, "RepoNotFound", null, ErrorIds.HubModelNotFound },
        { 404, null, null, ErrorIds.HubModelNotFound },
        { 401, "RepoNotFound", null, ErrorIds.HubModelNotFound },
        { 401, null, null, ErrorIds.HubModelNotFound },
        { 401, null, FakeHub.Token, ErrorIds.HubTokenRejected },
        { 401, "RepoNotFound", FakeHub.Token, ErrorIds.HubTokenRejected },
        { 404, "RepoNotFound", FakeHub.Token, ErrorIds.HubModelNotFound },
        { 404, "RevisionNotFound", null, ErrorIds.HubRevisionNotFound },
        { 403, "GatedRepo", FakeHub.Token, ErrorIds.HubAccessDenied },
        { 401, "GatedRepo", null, ErrorIds.HubAccessDenied },
        { 403, null, FakeHub.Token, ErrorIds.HubAccessDenied },
        { 451, null, null, ErrorIds.HubAccessDenied },
        { 400, null, null, ErrorIds.HubResponseInvalid },
        { 204, null, null, ErrorIds.HubResponseInvalid },
        { 418, null, null, ErrorIds.HubResponseInvalid },
        { 407, null, null, ErrorIds.HubUnavailable },
        { 500, null, null, ErrorIds.HubUnavailable },
        { 503, null, null, ErrorIds.HubUnavailable },
        { 429, null, null, ErrorIds.HubRateLimited },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Refusals_are_told_apart(int status, string? code, string? token, string errorId)
    {
        var reply = FakeReply.Error(status, code);
        _hub.Script(reply, reply, reply, reply, reply);
        using var client = _hub.Client(token);

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(errorId, error.ErrorId);
        Assert.True(error.Message.Contains(FakeHub.ModelId, StringComparison.Ordinal) || errorId == ErrorIds.HubRateLimited);
    }

    [Fact]
    public void A_gated_file_says_what_to_do_next_with_and_without_a_token()
    {
        _hub.Add("config.json", [1]);
        _hub.FileAnswer = _ => FakeReply.Error(403, "GatedRepo");
        using var anonymous = _hub.Client();
        using var named = _hub.Client(FakeHub.Token);

        var without = Assert.Throws<LlmMemoryException>(() => anonymous.Open(FakeHub.ModelId).Read("config.json", 10));
        var with = Assert.Throws<LlmMemoryException>(() => named.Open(FakeHub.ModelId).Read("config.json", 10));

        Assert.Equal(ErrorIds.HubAccessDenied, without.ErrorId);
        Assert.Contains("gated", without.Message, StringComparison.Ordinal);
        Assert.Contains("-Token", without.Message, StringComparison.Ordinal);
        Assert.Contains("not been let in yet", with.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_pass_is_asked_for_once()
    {
        _hub.Script(FakeReply.Error(404, "RepoNotFound"));
        using var client = _hub.Client();

        Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Single(_hub.Server.Requests);
        Assert.Empty(_hub.Waits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b/c")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("../a")]
    [InlineData("a..b")]
    [InlineData("a--b")]
    [InlineData("-a")]
    [InlineData("a.")]
    [InlineData("owner/name.git")]
    [InlineData("owner/na me")]
    [InlineData("owner/naïve")]
    [InlineData("owner/name?x=1")]
    [InlineData("owner%2Fname")]
    [InlineData("https://huggingface.co/owner/name")]
    public void What_is_no_model_id_is_not_asked_for(string modelId)
    {
        using var client = _hub.Client();

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(modelId));

        Assert.Equal(ErrorIds.ModelIdInvalid, error.ErrorId);
        Assert.Equal(modelId, error.Value);
        Assert.Empty(_hub.Server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("main/../../x")]
    [InlineData("/main")]
    [InlineData("main:1")]
    [InlineData("höhe")]
    public void What_is_no_revision_is_not_asked_for(string revision)
    {
        using var client = _hub.Client();

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId, revision));

        Assert.Equal(ErrorIds.ModelRevisionInvalid, error.ErrorId);
        Assert.Empty(_hub.Server.Requests);
    }

    [Fact]
    public void Offline_asks_nobody()
    {
        using var client = new HubClient(_hub.Options() with { Offline = true });

        var error = Assert.Throws<LlmMemoryException>(() => client.Open(FakeHub.ModelId));

        Assert.Equal(ErrorIds.HubOffline, error.ErrorId);
        Assert.Empty(_hub.Server.Requests);
    }
}
