namespace Orleans.Configuration;

/// <summary>How a client's calls are made.</summary>
public class ClientMessagingOptions : MessagingOptions;
