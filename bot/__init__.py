"""Who you talk to: agent, memory, Discord, local studio, CLI."""
