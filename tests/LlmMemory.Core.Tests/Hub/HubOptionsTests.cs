using System;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Hub;
using LlmMemory.Sources.Machine;
using Xunit;

namespace LlmMemory.Core.Tests.Hub;

/// <summary>The variables of huggingface_hub, as its constants.py and _auth.py read them.</summary>
public sealed class HubOptionsTests : IDisposable
{
    private readonly TemporaryFolder _home = new();

    public void Dispose()
    {
        _home.Dispose();
    }

    [Fact]
    public void Without_variables_the_Hub_of_Hugging_Face_is_asked_without_a_token()
    {
        var options = Read();

        Assert.Equal("https://huggingface.co", options.Endpoint);
        Assert.Null(options.Token);
        Assert.False(options.Offline);
    }

    [Fact]
    public void A_mirror_and_a_token_are_taken_from_variables()
    {
        var options = Read(("HF_ENDPOINT", " https://hf-mirror.com "), ("HF_TOKEN", "hf_one\n"));

        Assert.Equal("https://hf-mirror.com", options.Endpoint);
        Assert.NotNull(options.Token);
    }

    [Theory]
    [InlineData("HF_HUB_OFFLINE", "1", true)]
    [InlineData("HF_HUB_OFFLINE", "true", true)]
    [InlineData("TRANSFORMERS_OFFLINE", "YES", true)]
    [InlineData("HF_HUB_OFFLINE", "0", false)]
    [InlineData("HF_HUB_OFFLINE", "", false)]
    public void Offline_is_what_the_variables_say(string name, string value, bool isOffline)
    {
        Assert.Equal(isOffline, Read((name, value)).Offline);
    }

    [Theory]
    [InlineData(".cache/huggingface/token")]
    [InlineData("hf/token", "HF_HOME", "~/hf")]
    [InlineData("xdg/huggingface/token", "XDG_CACHE_HOME", "~/xdg")]
    [InlineData("my.token", "HF_TOKEN_PATH", "~/my.token")]
    public void A_login_is_found_where_it_was_left(string file, string? variable = null, string? value = null)
    {
        (string, string)[] variables = variable is null ? [] : [(variable, value!)];

        Assert.Null(Read(variables).Token);
        _home.Write(file, "hf_from_file\r\n");
        Assert.NotNull(Read(variables).Token);
        Assert.Null(Read([.. variables, ("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")]).Token);
    }

    [Fact]
    public void An_empty_token_file_is_no_login_and_a_broken_one_is_an_error()
    {
        _home.Write(".cache/huggingface/token", " \n");
        Assert.Null(Read().Token);

        _home.Write(".cache/huggingface/token", "two words");
        Assert.Equal(ErrorIds.HubTokenInvalid, Assert.Throws<LlmMemoryException>(() => Read()).ErrorId);
    }

    [Fact]
    public void This_process_has_an_environment()
    {
        Assert.NotEmpty(UserEnvironment.Current.Home);
        Assert.NotNull(UserEnvironment.Current.Variable("PATH"));
    }

    private HubOptions Read(params (string Name, string Value)[] variables)
    {
        var values = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        return HubOptions.FromEnvironment(UserEnvironment.Of(_home.Path, MachinePlatform.Linux, values));
    }
}
